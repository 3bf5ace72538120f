namespace EpPromo.Bench.Measuring;

/// <summary>A row of the table, measured in interleaved rounds.</summary>
/// <param name="Row">What was measured.</param>
/// <param name="Ours">Our measurements.</param>
/// <param name="Peer">The peer's, from the same rounds; null if there is none.</param>
internal sealed record Result(Row Row, Series Ours, Series? Peer)
{
    /// <summary>What the target is about, round by round: ratios, or our measurements.</summary>
    public IReadOnlyList<double> Figures => Row.Target.Kind switch
    {
        TargetKind.AtMost => Ours.Values,
        TargetKind.OursOverPeer => [.. Ours.Values.Zip(Peer!.Values, (ours, peer) => ours / peer)],
        _ => [.. Ours.Values.Zip(Peer!.Values, (ours, peer) => peer / ours)],
    };

    public double Figure => Series.MedianOf(Figures);

    public bool IsMet => Row.Target.IsMetBy(Figure);

    /// <summary>For the lines that are printed while the others are measured.</summary>
    public override string ToString() => $"{Ours}{(Peer is null ? "" : $", {Row.Peer} {Peer}")}{(IsMet ? "" : ", MISSED")}";
}

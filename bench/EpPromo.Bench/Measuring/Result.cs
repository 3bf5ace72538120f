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
        TargetKind.OursOverPeer => [.. Ours.Values.Select((ours, round) => ours / PeerIn(round))],
        _ => [.. Ours.Values.Select((ours, round) => PeerIn(round) / ours)],
    };

    public double Figure => Series.MedianOf(Figures);

    public bool IsMet => Row.Target.IsMetBy(Figure);

    /// <summary>A peer that is measured only once, because it takes long, is compared with each of our rounds.</summary>
    private double PeerIn(int round) => Peer!.Values.Count == 1 ? Peer.Values[0] : Peer.Values[round];

    /// <summary>For the lines that are printed while the others are measured.</summary>
    public override string ToString() => $"{Ours}{(Peer is null ? "" : $", {Row.Peer} {Peer}")}{(IsMet ? "" : ", MISSED")}";
}

using System.Globalization;

namespace EpPromo.Bench.Measuring;

/// <summary>What a row is to reach.</summary>
internal sealed record Target
{
    private Target(TargetKind kind, double? bound, Unit? unit = null)
    {
        Kind = kind;
        Bound = bound;
        Unit = unit;
    }

    public TargetKind Kind { get; }

    private double? Bound { get; }

    private Unit? Unit { get; }

    /// <summary>Whether there is something to reach.</summary>
    public bool HasBound => Bound is not null;

    /// <summary>The peer's measurement is at least that many times ours; without a bound, the ratio is for information only.</summary>
    public static Target PeerOverOurs(double? bound = null) => new(TargetKind.PeerOverOurs, bound);

    /// <summary>Our measurement is at most that many times the peer's; without a bound, the ratio is for information only.</summary>
    public static Target OursOverPeer(double? bound = null) => new(TargetKind.OursOverPeer, bound);

    /// <summary>Our measurement is at most that much, whatever the peer's is.</summary>
    public static Target AtMost(double bound, Unit unit) => new(TargetKind.AtMost, bound, unit);

    public bool IsMetBy(double figure) => Bound is null || (Kind == TargetKind.PeerOverOurs ? figure >= Bound : figure <= Bound);

    /// <summary>Such as "≥ 7".</summary>
    public override string ToString() => Bound is not { } bound ? "" : Kind switch
    {
        TargetKind.PeerOverOurs => $"≥ {Text(bound)}",
        TargetKind.OursOverPeer => $"≤ {Text(bound)}",
        _ => $"≤ {Text(bound * Unit!.Scale)} {Unit.Name}",
    };

    private static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}

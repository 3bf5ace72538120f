using System.Globalization;

namespace EpPromo.Bench.Measuring;

/// <summary>What a row is to reach.</summary>
internal sealed record Target
{
    private Target(TargetKind kind, double bound, Unit? unit = null)
    {
        Kind = kind;
        Bound = bound;
        Unit = unit;
    }

    public TargetKind Kind { get; }

    public double Bound { get; }

    private Unit? Unit { get; }

    /// <summary>For information only; the ratio is the peer's measurement over ours.</summary>
    public static Target None { get; } = new(TargetKind.PeerOverOurs, 0);

    /// <summary>The peer's measurement is at least that many times ours.</summary>
    public static Target PeerOverOurs(double bound) => new(TargetKind.PeerOverOurs, bound);

    /// <summary>Our measurement is at most that many times the peer's.</summary>
    public static Target OursOverPeer(double bound) => new(TargetKind.OursOverPeer, bound);

    /// <summary>Our measurement is at most that much, whatever the peer's is.</summary>
    public static Target AtMost(double bound, Unit unit) => new(TargetKind.AtMost, bound, unit);

    public bool IsMetBy(double figure) => Kind == TargetKind.PeerOverOurs ? figure >= Bound : figure <= Bound;

    /// <summary>Such as "≥ 7".</summary>
    public override string ToString() => this == None ? "" : Kind switch
    {
        TargetKind.PeerOverOurs => $"≥ {Text(Bound)}",
        TargetKind.OursOverPeer => $"≤ {Text(Bound)}",
        _ => $"≤ {Text(Bound * Unit!.Scale)} {Unit.Name}",
    };

    private static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}

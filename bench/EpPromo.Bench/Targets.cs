using System.Globalization;

namespace EpPromo.Bench;

/// <summary>What the measurements are held against.</summary>
internal static class Targets
{
    private const double Ratio = 1.10;
    private const double RequestsPer1000 = 6;
    private const double MoreMegabytes = 20;

    /// <summary>What is worse than it should be, in words.</summary>
    public static IEnumerable<string> Misses(IReadOnlyList<Measurement> measured)
    {
        foreach (Measurement one in measured)
        {
            if (!one.Exact)
            {
                yield return $"{one.Scenario.Name}: not exactly the codes asked for.";
            }

            if (one.Scenario == Scenario.Full && one.Ratio > Ratio)
            {
                yield return Text($"{one.Scenario.Name}: {one.Ratio:0.00} of the lower bound, more than {Ratio:0.00}.");
            }

            if (one.RequestsPer1000 > RequestsPer1000)
            {
                yield return Text($"{one.Scenario.Name}: {one.RequestsPer1000:0.00} requests for 1000 codes, more than {RequestsPer1000:0}.");
            }
        }

        if (measured.FirstOrDefault(one => one.Scenario == Scenario.FewLong) is { } few
            && measured.FirstOrDefault(one => one.Scenario == Scenario.Thousand) is { } thousand
            && (thousand.PeakMemory - few.PeakMemory) / 1e6 is > MoreMegabytes and double more)
        {
            yield return Text($"1000 promotions take {more:0.0} MB more than 10, more than {MoreMegabytes:0}.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace EpPromo.Bench;

/// <summary>The targets of the measurements.</summary>
internal static class Targets
{
    private const double Ratio = 1.10;
    private const double RequestsPer1000 = 6;
    private const double MoreRequests = 1.10;
    private const double MoreMegabytes = 20;

    /// <summary>A message for each target that a measurement misses.</summary>
    public static IEnumerable<string> Misses(IReadOnlyList<Measurement> measured)
    {
        foreach (Measurement one in measured)
        {
            if (!one.Exact)
            {
                yield return $"{one.Scenario.Name}: not exactly the requested codes.";
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

        if (measured.FirstOrDefault(one => one.Scenario == Scenario.Thousand) is not { } thousand)
        {
            yield break;
        }

        if (measured.FirstOrDefault(one => one.Scenario == Scenario.Few) is { } few
            && thousand.RequestsPer1000 / few.RequestsPer1000 is > MoreRequests and double times)
        {
            yield return Text($"{thousand.Scenario.Name}: {times:0.00} times the requests for 1000 codes of {few.Scenario.Name}, more than {MoreRequests:0.00}.");
        }

        // A process that ends after seconds has not reached its full size, so compare also with one that generated as many codes.
        foreach (Measurement ten in measured.Where(one => one.Scenario == Scenario.Few || one.Scenario == Scenario.FewLong))
        {
            if ((thousand.PeakMemory - ten.PeakMemory) / 1e6 is > MoreMegabytes and double more)
            {
                yield return Text($"{thousand.Scenario.Name}: {more:0.0} MB more than {ten.Scenario.Name}, more than {MoreMegabytes:0}.");
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

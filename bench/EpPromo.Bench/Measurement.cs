using System.Globalization;

namespace EpPromo.Bench;

/// <summary>The result of a scenario.</summary>
internal sealed record Measurement
{
    public required Scenario Scenario { get; init; }

    /// <summary>The number of codes in the store.</summary>
    public required int Codes { get; init; }

    /// <summary>Whether every promotion has exactly the requested number of codes, and the cmdlet reports the same.</summary>
    public required bool Exact { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required int Requests { get; init; }

    public required int Throttled { get; init; }

    /// <summary>The peak working set of the process, in bytes.</summary>
    public required long PeakMemory { get; init; }

    /// <summary>The peak size of the live objects on its managed heap, in bytes.</summary>
    public required long LiveMemory { get; init; }

    public double Ratio => Elapsed / Scenario.LowerBound;

    public double RequestsPer1000 => 1000.0 * Requests / Codes;

    public const string Header =
        """
        scenario            codes   exact  jobs alone  requests alone   elapsed  ratio  requests  per 1000    429  peak MB  live MB
        ----------------  -------  ------  ----------  --------------  --------  -----  --------  --------  -----  -------  -------
        """;

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0,-16}  {1,7}  {2,6}  {3,8:0.0} s  {4,12:0.0} s  {5,6:0.0} s  {6,5:0.00}  {7,8}  {8,8:0.00}  {9,5}  {10,7:0.0}  {11,7:0.0}",
        Scenario.Name, Codes, Exact ? "yes" : "NO", Scenario.JobBound.TotalSeconds, Scenario.RequestBound.TotalSeconds, Elapsed.TotalSeconds, Ratio,
        Requests, RequestsPer1000, Throttled, PeakMemory / 1e6, LiveMemory / 1e6);
}

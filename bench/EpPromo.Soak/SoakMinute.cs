using System.Globalization;

namespace EpPromo.Soak;

/// <summary>One minute of the soak.</summary>
/// <param name="Number">The number of the minute, from 1.</param>
/// <param name="Requests">The number of requests.</param>
/// <param name="Faults">The number of disturbed requests.</param>
/// <param name="Memory">The average working set of the session's process, in bytes.</param>
internal sealed record SoakMinute(int Number, int Requests, int Faults, double Memory)
{
    public const string Header =
        """
        minute  requests  per second  faults  memory MB
        ------  --------  ----------  ------  ---------
        """;

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0,6}  {1,8}  {2,10:0.0}  {3,5:0.0}%  {4,9:0.0}",
        Number, Requests, Requests / 60.0, 100.0 * Faults / Math.Max(1, Requests), Memory / 1e6);
}

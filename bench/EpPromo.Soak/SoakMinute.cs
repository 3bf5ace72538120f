using System.Globalization;

namespace EpPromo.Soak;

/// <summary>One minute of the soak.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Requests">How many requests came.</param>
/// <param name="Faults">How many of them were harmed.</param>
/// <param name="Memory">What the session's process had in RAM, in bytes, on average.</param>
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

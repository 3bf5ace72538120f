namespace EpPromo.Runs.Progress;

/// <summary>The progress of one run, or of all runs of a command.</summary>
/// <param name="Generated">How many codes there are, those of earlier sessions included.</param>
/// <param name="Requested">How many codes were requested.</param>
/// <param name="CodesPerSecond">The rate, or null while it is unknown.</param>
/// <param name="Remaining">The estimated time to the end, or null while it is unknown.</param>
internal sealed record RunProgressSnapshot(long Generated, long Requested, double? CodesPerSecond, TimeSpan? Remaining);

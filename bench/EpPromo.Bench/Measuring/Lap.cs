namespace EpPromo.Bench.Measuring;

/// <summary>One execution of a contender's work.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="PeakMemory">The peak working set of its process meanwhile, in bytes; 0 if unknown.</param>
/// <param name="MemoryOverIdle">How much that is over the working set of the process before its first work, in bytes.</param>
internal sealed record Lap(double Seconds, long PeakMemory = 0, long MemoryOverIdle = 0);

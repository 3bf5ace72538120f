namespace EpPromo.Jobs.Waiting;

/// <summary>How long the store works on a job of some kind, not counting the time that the job was pending.</summary>
/// <param name="Shortest">The shortest of the similar jobs.</param>
/// <param name="Typical">Their median.</param>
/// <param name="Longest">The longest of them.</param>
internal sealed record WorkEstimate(TimeSpan Shortest, TimeSpan Typical, TimeSpan Longest);

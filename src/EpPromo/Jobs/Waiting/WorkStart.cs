namespace EpPromo.Jobs.Waiting;

/// <summary>What lists have shown of when the store started a job, by its clock.</summary>
/// <param name="NotBefore">It had not started it before that time.</param>
/// <param name="StartedAt">When it started it; null while no list has shown that it has.</param>
/// <param name="IsObserved">Whether <paramref name="StartedAt"/> is what the store reported.</param>
internal sealed record WorkStart(DateTimeOffset NotBefore, DateTimeOffset? StartedAt, bool IsObserved);

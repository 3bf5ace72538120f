namespace EpPromo.Jobs.Waiting;

/// <summary>What lists have shown of when the store began a job, by its clock.</summary>
/// <param name="NotBefore">It had not begun it before that time.</param>
/// <param name="BegunAt">When it began it; null while no list has shown that it has.</param>
/// <param name="IsObserved">Whether <paramref name="BegunAt"/> is what the store reported.</param>
internal sealed record WorkStart(DateTimeOffset NotBefore, DateTimeOffset? BegunAt, bool IsObserved);

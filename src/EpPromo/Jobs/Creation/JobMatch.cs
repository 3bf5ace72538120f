using EpPromo.Concurrency;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Jobs.Creation;

/// <summary>
/// Determines whether a job in a list can be the one that a create with a lost response has created: same type, name and parameters,
/// created since the create started. Whether it belongs to another create is for <see cref="ClaimedIds"/> to say.
/// </summary>
internal sealed class JobMatch
{
    private readonly NewJob _job;
    private readonly Func<DateTimeOffset> _startedAt;

    /// <summary>A match for <paramref name="job"/>.</summary>
    /// <param name="job">What was sent.</param>
    /// <param name="isNameGenerated">Whether its name was generated, so that the name alone decides.</param>
    /// <param name="startedAt">
    /// Callback: returns when the create started, by the server's clock. Called when a job is compared: by then a list has been read, so the
    /// server's clock is known even if this create was the first request.
    /// </param>
    public JobMatch(NewJob job, bool isNameGenerated, Func<DateTimeOffset> startedAt)
    {
        _job = job;
        IsNameGenerated = isNameGenerated;
        _startedAt = startedAt;
    }

    /// <summary>The name that was sent.</summary>
    public string Name => _job.Name!;

    /// <summary>Whether the name was generated, so that no other job has it.</summary>
    public bool IsNameGenerated { get; }

    /// <summary>
    /// Orders matches, the most likely first: the earliest that was created after the create started, since later ones belong to later
    /// creates; then those that only the tolerance allows, the latest first.
    /// </summary>
    public IEnumerable<PromotionJob> OrderByLikelihood(IEnumerable<PromotionJob> matches)
    {
        DateTimeOffset startedAt = _startedAt();
        return matches
            .OrderBy(job => job.CreatedAt is null || job.CreatedAt < startedAt)
            .ThenBy(job => job.CreatedAt is { } createdAt ? (createdAt - startedAt).Duration() : TimeSpan.MaxValue);
    }

    /// <summary>
    /// Whether <paramref name="found"/> can be the job. With a smaller tolerance, a job could be created twice; with a larger one, an older job
    /// of the same name be taken for it. A generated name needs no time.
    /// </summary>
    public bool IsMatch(PromotionJob found) =>
        JobStatuses.Is(found.JobType, _job.JobType)
        && NormalizedText.Of(found.Name) == NormalizedText.Of(Name)
        && (IsNameGenerated || ((found.CreatedAt is null || found.CreatedAt >= _startedAt() - ServerClock.Tolerance) && HasSameParameters(found)));

    /// <summary>What the store omits, or fills in with a default, is not a difference.</summary>
    private bool HasSameParameters(PromotionJob found) =>
        IsSame(_job.NumberOfCodes, found.NumberOfCodes)
        && IsSame(_job.CodeLength, found.CodeLength)
        && IsSame(_job.MaxUsesPerCode, found.MaxUsesPerCode)
        && IsSame(_job.ConsumeUnit, found.ConsumeUnit)
        && IsSame(_job.CodePrefix?.TrimEnd('-'), found.CodePrefix?.TrimEnd('-'));

    private static bool IsSame(int? sent, int? found) => sent is null || found is null || sent == found;

    private static bool IsSame(string? sent, string? found) =>
        string.IsNullOrEmpty(sent) || string.IsNullOrEmpty(found) || JobStatuses.Is(NormalizedText.Of(sent!), NormalizedText.Of(found!));
}

using EpPromo.Text;

namespace EpPromo.Jobs.Creation;

/// <summary>
/// Tells whether a job in a list can be the one that a create with a lost answer has made: same type, name and parameters,
/// created since the call began. That it was not known before is for <see cref="ClaimedJobs"/> to say.
/// </summary>
internal sealed class JobMatch
{
    /// <summary>
    /// How far a job's <c>created_at</c> and the <c>Date</c> headers may disagree: they come from different machines of the store.
    /// Too small makes a job twice, too large takes an older namesake for ours; a generated name needs no time at all.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private readonly NewJob _job;
    private readonly bool _nameIsUnique;
    private readonly Func<DateTimeOffset> _began;

    /// <summary>A match for <paramref name="job"/>.</summary>
    /// <param name="job">What was sent.</param>
    /// <param name="nameIsUnique">Whether its name was generated, so that the name alone decides.</param>
    /// <param name="began">
    /// Tells the server's time when the call began. Asked for when a job is looked at: by then a list has been read, so the server's
    /// clock is known even where this call was the first that was sent.
    /// </param>
    public JobMatch(NewJob job, bool nameIsUnique, Func<DateTimeOffset> began)
    {
        _job = job;
        _nameIsUnique = nameIsUnique;
        _began = began;
    }

    /// <summary>The name that was sent.</summary>
    public string Name => _job.Name!;

    /// <summary>Whether its name was generated, so that no other job has it.</summary>
    public bool NameIsUnique => _nameIsUnique;

    /// <summary>
    /// The likeliest first: the first that was created after the call began, since later ones are of later calls; then those that only
    /// the tolerance lets in, the latest first.
    /// </summary>
    public IEnumerable<PromotionJob> InOrder(IEnumerable<PromotionJob> fitting)
    {
        DateTimeOffset began = _began();
        return fitting
            .OrderBy(job => job.CreatedAt is null || job.CreatedAt < began)
            .ThenBy(job => job.CreatedAt is { } created ? (created - began).Duration() : TimeSpan.MaxValue);
    }

    /// <summary>Whether <paramref name="found"/> can be the job.</summary>
    public bool Fits(PromotionJob found) =>
        JobStatuses.Is(found.JobType, _job.JobType)
        && ComposedText.Of(found.Name) == ComposedText.Of(Name)
        && (_nameIsUnique || ((found.CreatedAt is null || found.CreatedAt >= _began() - ClockTolerance) && SameParameters(found)));

    /// <summary>What the store leaves out or fills in with a default is no difference.</summary>
    private bool SameParameters(PromotionJob found) =>
        Same(_job.NumberOfCodes, found.NumberOfCodes)
        && Same(_job.CodeLength, found.CodeLength)
        && Same(_job.MaxUsesPerCode, found.MaxUsesPerCode)
        && Same(_job.ConsumeUnit, found.ConsumeUnit)
        && Same(_job.CodePrefix?.TrimEnd('-'), found.CodePrefix?.TrimEnd('-'));

    private static bool Same(int? sent, int? found) => sent is null || found is null || sent == found;

    private static bool Same(string? sent, string? found) =>
        string.IsNullOrEmpty(sent) || string.IsNullOrEmpty(found) || JobStatuses.Is(ComposedText.Of(sent!), ComposedText.Of(found!));
}

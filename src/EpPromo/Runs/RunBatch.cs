using EpPromo.Jobs;

namespace EpPromo.Runs;

/// <summary>A job of a run, as last seen, and what its name says.</summary>
internal sealed record RunBatch(PromotionJob Job, BatchName Name)
{
    /// <summary>Its codes that count.</summary>
    public int Counts => CountedCodes(Job);

    /// <summary>The most codes of it that can be there, counted or not.</summary>
    public int MostLeft => MostCodesLeft(Job);

    /// <summary>Whether it says how many of its codes are there; if not, there are from none to <see cref="MostLeft"/>.</summary>
    public bool SaysLeft => !Job.IsFinished || JobStatuses.IsCompleted(Job.Status)
        || (Job.Generated is not null && (Job.Deleted is not null || JobStatuses.Is(Job.Status, JobStatuses.Failed)));

    /// <summary>Whether it has ended with fewer codes than it was asked for, or with none.</summary>
    public bool FellShort => Job.IsFinished && (!JobStatuses.IsCompleted(Job.Status) || Counts < Job.NumberOfCodes);

    /// <summary>The codes of a job that count. A completed job that does not say how many it made has made what it was asked for.</summary>
    public static int CountedCodes(PromotionJob job) =>
        JobStatuses.IsCompleted(job.Status) ? job.Generated ?? job.NumberOfCodes ?? 0 : 0;

    /// <summary>
    /// The most codes of a job that can be there, counted or not. A failed one has taken back only what it says that it has; a cancelled
    /// one may have, where it does not say (api-contract.md section 5). One that does not say how many it made, made no more than it
    /// was asked for, which a store need not show either.
    /// </summary>
    public static int MostCodesLeft(PromotionJob job) =>
        !job.IsFinished ? 0
        : JobStatuses.IsCompleted(job.Status) ? CountedCodes(job)
        : Math.Max(0, (job.Generated ?? job.NumberOfCodes ?? NewJob.MaxNumberOfCodes) - (job.Deleted ?? 0));

    /// <summary>A job that was just created: what was asked for is known, even where the answer leaves it out.</summary>
    public static RunBatch Created(PromotionJob made, NewJob asked, BatchName name) => new(
        made with
        {
            NumberOfCodes = asked.NumberOfCodes,
            CodePrefix = asked.CodePrefix,
            CodeLength = asked.CodeLength,
            MaxUsesPerCode = asked.MaxUsesPerCode,
            ConsumeUnit = asked.ConsumeUnit,
        },
        name);

    /// <summary>The same job seen again: a store that shows no parameters (api-contract.md section 5) makes nobody forget them.</summary>
    public RunBatch Become(PromotionJob seen) => this with
    {
        Job = seen.NumberOfCodes is not null ? seen : Job with
        {
            Status = seen.Status,
            Generated = seen.Generated,
            Deleted = seen.Deleted,
            Error = seen.Error,
            CreatedAt = seen.CreatedAt ?? Job.CreatedAt,
            UpdatedAt = seen.UpdatedAt,
        },
    };

    /// <summary>
    /// An ended job seen again, with the counts that it did not have before; null when it says no more. When counts appear is not said
    /// (api-contract.md section 5).
    /// </summary>
    public RunBatch? LearnCounts(PromotionJob seen)
    {
        bool saysMore = (Job.Generated is null && seen.Generated is not null) || (Job.Deleted is null && seen.Deleted is not null);
        return seen.IsFinished && saysMore
            ? this with { Job = Job with { Generated = Job.Generated ?? seen.Generated, Deleted = Job.Deleted ?? seen.Deleted } }
            : null;
    }
}

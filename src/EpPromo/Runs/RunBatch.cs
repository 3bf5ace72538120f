using EpPromo.Jobs;

namespace EpPromo.Runs;

/// <summary>One batch of a run.</summary>
/// <param name="Job">Its job, as last observed.</param>
/// <param name="Name">What the job's name says.</param>
internal sealed record RunBatch(PromotionJob Job, BatchName Name)
{
    /// <summary>How many of its codes count towards the run.</summary>
    public int CountedCodes => JobCodeCount.Counted(Job);

    /// <summary>The maximum number of its codes that exist, counted or not.</summary>
    public int MaxRemainingCodes => JobCodeCount.MaxRemaining(Job);

    /// <summary>Whether exactly <see cref="MaxRemainingCodes"/> exist; if not, any number from 0 to that.</summary>
    public bool ReportsRemainingCodes => !Job.IsFinished || JobStatuses.IsCompleted(Job.Status)
        || (Job.Generated is not null && (Job.Deleted is not null || JobStatuses.Is(Job.Status, JobStatuses.Failed)));

    /// <summary>Whether it has ended with fewer codes than requested, or none.</summary>
    public bool FellShort => Job.IsFinished && (!JobStatuses.IsCompleted(Job.Status) || CountedCodes < Job.NumberOfCodes);

    /// <summary>
    /// Whether its parameters are those of the run. A job that generated nothing may have been the attempt that revealed a wrong parameter.
    /// </summary>
    public bool IsEvidence => !Job.IsFinished || CountedCodes > 0;

    /// <summary>A batch that was just created. The requested parameters are known even if the response omits them.</summary>
    public static RunBatch Created(PromotionJob created, NewJob requested, BatchName name) => new(
        new PromotionJob(created)
        {
            NumberOfCodes = requested.NumberOfCodes,
            CodePrefix = requested.CodePrefix,
            CodeLength = requested.CodeLength,
            MaxUsesPerCode = requested.MaxUsesPerCode,
            ConsumeUnit = requested.ConsumeUnit,
        },
        name);

    /// <summary>
    /// The batch with its job as observed again. If the store shows no parameters (api-contract.md section 5), the known ones stay.
    /// </summary>
    public RunBatch WithUpdate(PromotionJob observed) => this with
    {
        Job = observed.NumberOfCodes is not null ? observed : new PromotionJob(Job)
        {
            Status = observed.Status,
            Generated = observed.Generated,
            Deleted = observed.Deleted,
            Error = observed.Error,
            CreatedAt = observed.CreatedAt ?? Job.CreatedAt,
            UpdatedAt = observed.UpdatedAt,
        },
    };

    /// <summary>
    /// A batch whose job has ended, with counts that the job did not report before; null if there are none. The API does not say when a
    /// job reports them (api-contract.md section 5).
    /// </summary>
    public RunBatch? WithCounts(PromotionJob observed)
    {
        bool reportsMore = (Job.Generated is null && observed.Generated is not null)
            || (Job.Deleted is null && observed.Deleted is not null);
        return observed.IsFinished && reportsMore
            ? this with { Job = new PromotionJob(Job) { Generated = Job.Generated ?? observed.Generated, Deleted = Job.Deleted ?? observed.Deleted } }
            : null;
    }
}

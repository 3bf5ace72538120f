using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Exports;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Jobs;

/// <summary>The operations on jobs (contract section 5).</summary>
internal sealed class JobOperations(StoreState state)
{
    /// <summary>The jobs of a promotion, in the order that the options say.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="lag">How far in the past the returned state is.</param>
    /// <exception cref="ErrorResponseException">404.</exception>
    public IReadOnlyList<SandboxJob> List(string promotionId, TimeSpan lag = default) => state.Execute(now =>
    {
        DateTimeOffset asOf = now - lag;
        IEnumerable<SandboxJob> jobs = state.Find(promotionId).Jobs.Where(job => job.CreatedAt <= asOf).Select(job => job.Snapshot(asOf));
        return state.Options.JobOrder switch
        {
            JobOrder.CreatedDescending => [.. jobs.Reverse()],
            JobOrder.Shuffled => [.. jobs.OrderBy(job => SeededRandom.For(state.Options.Seed, job.Id).Next())],
            _ => (IReadOnlyList<SandboxJob>)[.. jobs],
        };
    });

    /// <exception cref="ErrorResponseException">404; 422 No codes allowed; 400 Too many jobs.</exception>
    public SandboxJob Create(string promotionId, JobSpec spec, ForcedJobOutcome? forcedOutcome = null) => state.Execute(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        if (promotion.Resource.Automatic && spec.Generates)
        {
            throw ErrorResponses.NoCodesAllowed();
        }

        if (promotion.UnfinishedJobs.Exists(job => job.IsActive || state.Options.CancellingJobBlocksNewJob))
        {
            throw ErrorResponses.TooManyJobs();
        }

        JobState created = state.NewJob(promotion, spec, now, forcedOutcome);
        promotion.Jobs.Add(created);
        state.Scheduler.Enqueue(created);

        // The response says "pending" even if the job starts immediately (contract section 5).
        SandboxJob response = created.Snapshot(now);
        state.Scheduler.AdvanceTo(now);
        return response;
    });

    /// <exception cref="ErrorResponseException">404; 422: neither pending nor processing.</exception>
    public SandboxJob Cancel(string promotionId, string jobId) => state.Execute(now =>
    {
        JobState job = state.FindJob(promotionId, jobId);
        if (!job.IsActive)
        {
            throw ErrorResponses.NotCancellable();
        }

        state.Scheduler.Cancel(job, now);
        return job.Snapshot(now);
    });

    /// <summary>The path and query of a signed link to the file of an export.</summary>
    /// <exception cref="ErrorResponseException">404; 422: there is no file.</exception>
    public string FileLink(string promotionId, string jobId) => state.Execute(now =>
    {
        JobState job = state.FindJob(promotionId, jobId);
        if (job.File is null)
        {
            throw ErrorResponses.NoFile(job.Snapshot(now).Status);
        }

        string path = $"/{promotionId}/{jobId}_codes.csv";
        return path + state.Links.Sign(path);
    });

    /// <summary>The file of an export and when it was made; null if there is none.</summary>
    public (CsvExport File, DateTimeOffset MadeAt)? File(string promotionId, string jobId) => state.Execute(_ =>
    {
        JobState? job = state.Promotions.Find(promotion => promotion.Id == promotionId)?.Jobs.Find(job => job.Id == jobId);
        return job?.File is { } file && job.FinishedAt is { } madeAt ? (file, madeAt) : ((CsvExport, DateTimeOffset)?)null;
    });

    /// <summary>Adds a job that has finished already, with the codes that it made.</summary>
    /// <exception cref="ErrorResponseException">404.</exception>
    public SandboxJob AddFinished(
        string promotionId, JobSpec spec, string status, DateTimeOffset createdAt, TimeSpan took) => state.Execute(_ =>
    {
        PromotionState promotion = state.Find(promotionId);
        JobState job = state.NewJob(promotion, spec, createdAt);
        int index = promotion.Jobs.FindIndex(other => other.CreatedAt > createdAt);
        promotion.Jobs.Insert(index < 0 ? promotion.Jobs.Count : index, job);
        job.CancellingAt = status == JobStatus.Cancelled ? createdAt + (took / 2) : null;
        state.Scheduler.FinishImmediately(job, status, createdAt + took);
        return job.Snapshot(DateTimeOffset.MaxValue);
    });
}

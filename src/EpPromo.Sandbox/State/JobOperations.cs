using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>What can be done with jobs (contract section 5).</summary>
internal sealed class JobOperations(StoreState state)
{
    /// <summary>The jobs of a promotion as they were some time ago, in the order that the options say.</summary>
    public IReadOnlyList<SandboxJob> List(string promotionId, TimeSpan lag = default) => state.Do(now =>
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

    /// <exception cref="ApiError">404; 422 No codes allowed; 400 Too many jobs.</exception>
    public SandboxJob Create(string promotionId, JobSpec spec, JobFate? fate = null) => state.Do(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        if (promotion.Resource.Automatic && spec.Generates)
        {
            throw ApiError.NoCodesAllowed();
        }

        if (promotion.Unfinished.Exists(job => job.IsActive || state.Options.CancellingJobBlocksNewJob))
        {
            throw ApiError.TooManyJobs();
        }

        JobState made = state.NewJob(promotion, spec, now, fate);
        promotion.Jobs.Add(made);
        state.Scheduler.Enqueue(made);

        // The answer says "pending" even where the job starts at once (contract section 5).
        SandboxJob answer = made.Snapshot(now);
        state.Scheduler.CatchUp(now);
        return answer;
    });

    /// <exception cref="ApiError">404; 422: neither pending nor processing.</exception>
    public SandboxJob Cancel(string promotionId, string jobId) => state.Do(now =>
    {
        JobState job = state.FindJob(promotionId, jobId);
        if (!job.IsActive)
        {
            throw ApiError.NotCancellable();
        }

        state.Scheduler.Cancel(job, now);
        return job.Snapshot(now);
    });

    /// <summary>The path and query of a signed link to the file of an export.</summary>
    /// <exception cref="ApiError">404; 422: no file.</exception>
    public string Link(string promotionId, string jobId) => state.Do(now =>
    {
        JobState job = state.FindJob(promotionId, jobId);
        if (job.File is null)
        {
            throw ApiError.NoFile(job.Snapshot(now).Status);
        }

        string path = $"/{promotionId}/{jobId}_codes.csv";
        return path + state.Links.Sign(path);
    });

    /// <summary>The file that a link's path stands for, and when it was made; null when there is none.</summary>
    public (ExportFile File, DateTimeOffset MadeAt)? File(string promotionId, string jobId) => state.Do(_ =>
    {
        JobState? job = state.Promotions.Find(promotion => promotion.Id == promotionId)?.Jobs.Find(job => job.Id == jobId);
        return job?.File is { } file && job.EndedAt is { } madeAt ? (file, madeAt) : ((ExportFile, DateTimeOffset)?)null;
    });

    /// <summary>Adds a job that has ended already, with the codes it made.</summary>
    public SandboxJob AddEnded(string promotionId, JobSpec spec, string status, DateTimeOffset createdAt, TimeSpan took) => state.Do(_ =>
    {
        PromotionState promotion = state.Find(promotionId);
        JobState job = state.NewJob(promotion, spec, createdAt);
        int place = promotion.Jobs.FindIndex(other => other.CreatedAt > createdAt);
        promotion.Jobs.Insert(place < 0 ? promotion.Jobs.Count : place, job);
        job.CancellingAt = status == JobStatus.Cancelled ? createdAt + (took / 2) : null;
        state.Scheduler.Finish(job, status, createdAt + took);
        return job.Snapshot(DateTimeOffset.MaxValue);
    });
}

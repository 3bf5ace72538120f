namespace EpPromo.Jobs.Waiting;

/// <summary>One caller's wait for one job.</summary>
internal sealed class WatchedJob
{
    private readonly TaskCompletionSource<PromotionJob?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Replaced as a whole, because progress bars read it while a poll is applied; so is <see cref="Estimate"/>.</summary>
    private WorkStart? _start;

    /// <summary>A wait that starts now.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="job">The job, or null when only its id is known.</param>
    /// <param name="keepPolling">Receives each list that was read and returns whether to keep polling; null to poll until the job ends.</param>
    /// <param name="now">The current time.</param>
    public WatchedJob(string jobId, PromotionJob? job, Func<IReadOnlyList<PromotionJob>, bool>? keepPolling, DateTimeOffset now)
    {
        JobId = jobId;
        Job = job;
        KeepPolling = keepPolling;
        WatchedSince = now;
        LastObservedAt = now;
    }

    public string JobId { get; }

    /// <summary>The job as the caller passed it, later as a list showed it last; null while neither has happened.</summary>
    public PromotionJob? Job { get; private set; }

    /// <summary>The job as a list showed it last, or null while none has shown it.</summary>
    public PromotionJob? Observed { get; private set; }

    /// <summary>Receives each list that was read and returns whether to keep polling; null to poll until the job ends.</summary>
    public Func<IReadOnlyList<PromotionJob>, bool>? KeepPolling { get; }

    public DateTimeOffset WatchedSince { get; }

    /// <summary>When a list showed the job last; before that, when the wait started.</summary>
    public DateTimeOffset LastObservedAt { get; private set; }

    /// <summary>When to poll next.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>How long the store works on such jobs, or null while that is unknown.</summary>
    public WorkEstimate? Estimate { get; set; }

    /// <summary>When it was created, by the store's clock; when the wait started, while that is unknown.</summary>
    public DateTimeOffset CreatedAt => Job?.CreatedAt ?? WatchedSince;

    /// <summary>The store had not started it before that time, by its clock.</summary>
    public DateTimeOffset NotStartedBefore => _start is { } start && start.NotBefore > CreatedAt ? start.NotBefore : CreatedAt;

    /// <summary>When the store started it, by its clock; null while no list has shown that it has.</summary>
    public DateTimeOffset? StartedAt => _start?.StartedAt;

    /// <summary>Whether <see cref="StartedAt"/> is what the store reported.</summary>
    public bool IsStartObserved => _start is { IsObserved: true };

    /// <summary>
    /// When it can have started, by the store's clock, to judge by the ends of other jobs; null while they do not show it. Only
    /// <see cref="StoreQueue"/> reads and writes it, under its lock.
    /// </summary>
    public DateTimeOffset? InferredStart { get; set; }

    /// <summary>How many codes it has generated, if the store counts them.</summary>
    public CodeProgress Progress { get; } = new();

    /// <summary>Whether a list was read for this wait, whether it showed the job or not.</summary>
    public bool IsPolled { get; set; }

    /// <summary>Whether the caller's time is up, so that the next poll is the last.</summary>
    public bool IsTimeUp { get; set; }

    /// <summary>Whether the wait is over.</summary>
    public bool IsOver => _result.Task.IsCompleted;

    /// <summary>The finished job; when the caller's time was up, the job as observed last, or null when no list has shown it.</summary>
    public Task<PromotionJob?> Result => _result.Task;

    public void Observe(PromotionJob job, WorkEstimate? estimate, DateTimeOffset now)
    {
        Job = job;
        Observed = job;
        Estimate = estimate;
        LastObservedAt = now;
        Progress.Observe(job, now);
    }

    /// <summary>Records that a list showed it as pending.</summary>
    /// <param name="asOf">When the list was requested, by the store's clock.</param>
    public void ObservePending(DateTimeOffset asOf) => _start = new WorkStart(asOf, null, IsObserved: false);

    /// <summary>Records that the store has started it.</summary>
    /// <param name="startedAt">When, by the store's clock.</param>
    /// <param name="isObserved">Whether the store reported that time.</param>
    public void ObserveStart(DateTimeOffset startedAt, bool isObserved) => _start = new WorkStart(NotStartedBefore, startedAt, isObserved);

    /// <summary>How long the job has existed: since its creation by the server's clock, or since the wait started when that is longer.</summary>
    public TimeSpan Elapsed(DateTimeOffset now, DateTimeOffset serverNow)
    {
        TimeSpan watched = now - WatchedSince;
        return Job?.CreatedAt is { } created && serverNow - created > watched ? serverNow - created : watched;
    }

    /// <summary>A time by the store's clock, as precise as the job's own time of creation allows.</summary>
    public DateTimeOffset StoreTime(DateTimeOffset now, DateTimeOffset serverNow) => CreatedAt + Elapsed(now, serverNow);

    /// <summary>Whether both jobs take about as long, as far as they are known.</summary>
    public bool IsSimilarTo(WatchedJob other) => Job is { } job && other.Job is { } otherJob
        ? WorkTimes.IsSimilar(job.JobType, job.NumberOfCodes, otherJob.JobType, otherJob.NumberOfCodes)
        : Job is null && other.Job is null;

    public void Complete(PromotionJob? job) => _result.TrySetResult(job);

    public void Fail(Exception error) => _result.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);
}

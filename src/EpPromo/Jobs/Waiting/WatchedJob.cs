namespace EpPromo.Jobs.Waiting;

/// <summary>One caller's wait for one job.</summary>
internal sealed class WatchedJob
{
    private readonly TaskCompletionSource<PromotionJob?> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WatchedJob(string jobId, PromotionJob? job, Func<IReadOnlyList<PromotionJob>, bool>? goOn, DateTimeOffset now)
    {
        JobId = jobId;
        Job = job;
        GoOn = goOn;
        Added = now;
        LastSeen = now;
    }

    public string JobId { get; }

    /// <summary>The job as last seen or as it was given, or null when neither has been.</summary>
    public PromotionJob? Job { get; private set; }

    /// <summary>The job as a look has shown it last, or null while none has.</summary>
    public PromotionJob? Seen { get; private set; }

    /// <summary>Whether a list was read for it, be it in that list or not.</summary>
    public bool IsLookedAt { get; set; }

    /// <summary>Whether the time given to it is over, so that the next look is the last.</summary>
    public bool IsTimeUp { get; set; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsOver => _finished.Task.IsCompleted;

    /// <summary>Is shown each list that was read, and says whether the wait goes on; null for a wait that always does.</summary>
    public Func<IReadOnlyList<PromotionJob>, bool>? GoOn { get; }

    public DateTimeOffset Added { get; }

    public DateTimeOffset LastSeen { get; private set; }

    /// <summary>When to look next.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>How long such jobs take, or null.</summary>
    public TimeSpan? Estimate { get; private set; }

    /// <summary>How it ended; when its time was up, as it was seen last, or null when no look has shown it.</summary>
    public Task<PromotionJob?> Finished => _finished.Task;

    public void Expect(TimeSpan? estimate) => Estimate = estimate;

    public void Saw(PromotionJob job, TimeSpan? estimate, DateTimeOffset now)
    {
        Job = job;
        Seen = job;
        Estimate = estimate;
        LastSeen = now;
    }

    /// <summary>How long it has run: since its creation by the server's clock, or since it is watched when that is longer.</summary>
    public TimeSpan Waited(DateTimeOffset now, DateTimeOffset serverNow)
    {
        TimeSpan watched = now - Added;
        return Job?.CreatedAt is { } created && serverNow - created > watched ? serverNow - created : watched;
    }

    /// <summary>Whether it takes about as long as the other one, as far as both are known.</summary>
    public bool IsLike(WatchedJob other) => Job is { } job && other.Job is { } otherJob
        ? DurationEstimate.IsOfKind(job.JobType, job.NumberOfCodes, otherJob)
        : Job is null && other.Job is null;

    public void Complete(PromotionJob? job) => _finished.TrySetResult(job);

    public void Fail(Exception error) => _finished.TrySetException(error);

    public void Cancel(CancellationToken cancellationToken) => _finished.TrySetCanceled(cancellationToken);
}

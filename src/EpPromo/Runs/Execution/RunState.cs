namespace EpPromo.Runs.Execution;

/// <summary>
/// The state of a run on one promotion. The run writes it; progress bars and Ctrl+C read it from other threads.
/// </summary>
internal sealed class RunState
{
    private long _started;
    private long _resumesAt;
    private volatile int _generated;
    private volatile RunPhase _phase;
    private volatile PromotionJob? _activeJob;
    private volatile bool _isCounted;
    private volatile bool _isYielded;
    private volatile bool _isEnded;

    /// <summary>The state of a run that has not started.</summary>
    /// <param name="request">What the run is to generate.</param>
    /// <param name="now">The current time; the session starts later, in its turn.</param>
    public RunState(CodeRunRequest request, DateTimeOffset now)
    {
        Request = request;
        Started = now;

        // Nobody else can have created jobs of a run whose name is generated.
        _isCounted = request.IsNameGenerated;
        Journal = new RunJournal(request);
    }

    /// <summary>What the run is to generate.</summary>
    public CodeRunRequest Request { get; }

    /// <summary>What is known of the run's jobs.</summary>
    public RunJournal Journal { get; }

    /// <summary>When this session started to work.</summary>
    public DateTimeOffset Started
    {
        get => new(Volatile.Read(ref _started), TimeSpan.Zero);
        private set => Volatile.Write(ref _started, value.UtcTicks);
    }

    /// <summary>What the run does; after its end, what it did last.</summary>
    public RunPhase Phase => _phase;

    /// <summary>The job that is active in the store and known to the run, or null.</summary>
    public PromotionJob? ActiveJob => _activeJob;

    /// <summary>
    /// Whether the run has released its place under the concurrency limit because it can only wait. A run that is interrupted then stays
    /// yielded.
    /// </summary>
    public bool IsYielded => _isYielded;

    /// <summary>When a run that has yielded until lists are up to date continues; null if it waits for something else.</summary>
    public DateTimeOffset? ResumesAt =>
        Volatile.Read(ref _resumesAt) is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Whether the run has ended on this promotion, well or not.</summary>
    public bool IsEnded => _isEnded;

    /// <summary>Whether the run is one of those that the concurrency limit counts.</summary>
    public bool IsWorking => _phase != RunPhase.Pending && !_isYielded && !_isEnded;

    /// <summary>
    /// Whether a run that was interrupted can have a job in progress, known or not: a run that has not started, has yielded or has
    /// generated all codes has none.
    /// </summary>
    public bool MayHaveActiveJob => _phase != RunPhase.Pending && !_isYielded && FinalCount is null;

    /// <summary>How many codes the run had when this session started.</summary>
    public int GeneratedAtStart { get; private set; }

    /// <summary>How many codes the run has, as far as it has read; at most as many as requested.</summary>
    public int Generated => _generated;

    /// <summary>Whether the run's codes have been counted, so that <see cref="Generated"/> is more than the initial value.</summary>
    public bool IsCounted => _isCounted;

    /// <summary>How many codes the run has when none are missing and the surplus is handled; null before.</summary>
    public int? FinalCount { get; private set; }

    /// <summary>The session starts to work.</summary>
    public void Start(DateTimeOffset now) => Started = now;

    /// <summary>The run continues with another phase than <see cref="RunPhase.WaitingForJob"/>.</summary>
    public void Enter(RunPhase phase) => _phase = phase;

    /// <summary>The run waits for <paramref name="job"/>.</summary>
    public void EnterWaitingFor(PromotionJob job)
    {
        _activeJob = job;
        _phase = RunPhase.WaitingForJob;
    }

    /// <summary>The job that the run waited for has ended.</summary>
    public void JobEnded() => _activeJob = null;

    /// <summary>The run releases its place under the concurrency limit.</summary>
    /// <param name="resumesAt">When it continues, if that is known.</param>
    public void Yield(DateTimeOffset? resumesAt)
    {
        Volatile.Write(ref _resumesAt, resumesAt?.UtcTicks ?? 0);
        _isYielded = true;
    }

    /// <summary>The run has its place again.</summary>
    public void Resume()
    {
        _isYielded = false;
        Volatile.Write(ref _resumesAt, 0);
    }

    /// <summary>The existing codes of a resumed run have been counted.</summary>
    public void CountExisting(int generated)
    {
        GeneratedAtStart = generated;
        Count(generated);
    }

    /// <summary>The codes have been counted again.</summary>
    public void Count(int generated)
    {
        _generated = generated;
        _isCounted = true;
    }

    /// <summary>All codes are generated, and the surplus is handled.</summary>
    public void Complete(int finalCount) => FinalCount = finalCount;

    /// <summary>The run has ended on this promotion, well or not.</summary>
    public void End() => _isEnded = true;

    /// <summary>The output object of a run that has completed.</summary>
    public CodeRun ToCompleted(DateTimeOffset now) => new(Request, Journal)
    {
        Generated = FinalCount,
        Status = JobStatuses.Completed,
        Started = Started,
        Finished = now,
    };

    /// <summary>The output object of a run that has failed or was interrupted.</summary>
    public CodeRun ToFailed(EpPromoException error, DateTimeOffset now) => new CodeRun(ToCompleted(now))
    {
        Generated = FinalCount ?? (_isCounted ? Journal.Generated : null),
        Jobs = _isCounted ? Journal.JobCount : null,
        Status = JobStatuses.Failed,
        Error = error.Message,
        ErrorId = error.ErrorId,
        RecommendedAction = error.RecommendedAction,
    };
}

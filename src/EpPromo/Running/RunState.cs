namespace EpPromo;

/// <summary>Where a run stands on one promotion. Written by the run; what progress bars show is read from any thread.</summary>
public sealed class RunState
{
    private readonly CodeRunRequest _request;
    private long _started;
    private volatile int _generated;
    private volatile string _activity = "";
    private volatile PromotionJob? _activeJob;
    private volatile bool _isEnded;

    internal RunState(CodeRunRequest request, DateTimeOffset started)
    {
        _request = request;
        Started = started;
        Journal = new RunJournal(request);
    }

    /// <summary>The promotion.</summary>
    public string PromotionId => _request.PromotionId;

    /// <summary>How many codes were asked for.</summary>
    public int Requested => _request.Count;

    /// <summary>When this sitting began: when its turn came.</summary>
    public DateTimeOffset Started
    {
        get => new(Volatile.Read(ref _started), TimeSpan.Zero);
        internal set => Volatile.Write(ref _started, value.UtcTicks);
    }

    /// <summary>How many codes had been made before this sitting.</summary>
    public int FoundAtStart { get; internal set; }

    /// <summary>How many codes have been made so far.</summary>
    public int Generated
    {
        get => _generated;
        internal set => _generated = value;
    }

    /// <summary>Whether the run has ended on this promotion, however it did.</summary>
    public bool IsEnded
    {
        get => _isEnded;
        internal set => _isEnded = value;
    }

    /// <summary>The jobs that made codes, once the run has ended.</summary>
    public IReadOnlyList<PromotionJob> Jobs => Journal.Productive;

    internal RunJournal Journal { get; }

    /// <summary>The job that is at work in the store, or null.</summary>
    public PromotionJob? ActiveJob
    {
        get => _activeJob;
        internal set => _activeJob = value;
    }

    /// <summary>What is being done; empty before the run's turn has come.</summary>
    public string Activity
    {
        get => _activity;
        internal set => _activity = value;
    }

    /// <summary>What to say of a run that has failed, or was broken off.</summary>
    /// <param name="error">Why.</param>
    /// <param name="now">When.</param>
    public CodeRun Failed(EpPromoException error, DateTimeOffset now) =>
        Completed(Journal.Generated, now) with { Status = JobStatuses.Failed, Error = error.Message };

    internal CodeRun Completed(int generated, DateTimeOffset now) => new()
    {
        PromotionId = PromotionId,
        Name = _request.Name,
        Requested = Requested,
        Generated = generated,
        Jobs = Journal.Jobs,
        Retried = Journal.Retried,
        Status = JobStatuses.Completed,
        Started = Started,
        Finished = now,
    };
}

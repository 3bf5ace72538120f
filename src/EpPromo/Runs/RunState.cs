using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>Where a run stands on one promotion. Written by the run; what progress bars show is read from any thread.</summary>
internal sealed class RunState
{
    /// <summary>What is being done while a create is under way.</summary>
    internal const string Creating = "creating a job";

    private readonly CodeRunRequest _request;
    private long _started;
    private long _pausesUntil;
    private volatile int _generated;
    private volatile string _activity = "";
    private volatile PromotionJob? _activeJob;
    private volatile bool _isCounted;
    private volatile bool _isResting;
    private volatile bool _isEnded;
    private int? _settled;

    internal RunState(CodeRunRequest request, DateTimeOffset started)
    {
        _request = request;
        Started = started;

        // Nobody else can have made jobs of a run whose name is new.
        _isCounted = request.IsNameGenerated;
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

    /// <summary>How many codes have been made so far, as far as that was looked at.</summary>
    public int Generated
    {
        get => _generated;
        internal set
        {
            _generated = value;
            _isCounted = true;
        }
    }

    /// <summary>Whether the run has left its slot to others while it can only wait. Broken off then, it stays so.</summary>
    public bool IsResting
    {
        get => _isResting;
        internal set => _isResting = value;
    }

    /// <summary>Until when it rests for lists to show all that has happened; null while it does not.</summary>
    public DateTimeOffset? PausesUntil
    {
        get => Volatile.Read(ref _pausesUntil) is > 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        internal set => Volatile.Write(ref _pausesUntil, value?.UtcTicks ?? 0);
    }

    /// <summary>Whether the run holds one of the slots.</summary>
    public bool IsAtWork => _activity.Length > 0 && !_isResting && !_isEnded;

    /// <summary>Whether a run that was broken off can have a job at work: while it rests, and when all are made, it has none.</summary>
    internal bool MayHaveJob => _activity.Length > 0 && !_isResting && _settled is null;

    /// <summary>Whether a create is under way, whose job is not known yet.</summary>
    internal bool IsCreating => _activity == Creating;

    /// <summary>Whether the run has ended on this promotion, however it did.</summary>
    public bool IsEnded
    {
        get => _isEnded;
        internal set => _isEnded = value;
    }

    /// <summary>The jobs that made codes, once all are made.</summary>
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

    /// <summary>How far the run has come, in words.</summary>
    public string Standing =>
        _settled is { } all ? MessageText.Of(SR.DetailFileNotWritten, all)
        : _activity.Length == 0 ? SR.DetailRunNotStarted
        : !_isCounted ? SR.DetailCodesNotCounted
        : MessageText.Of(SR.DetailCodesSoFar, _generated, Requested);

    /// <summary>What to say of a run that has failed, or was broken off.</summary>
    /// <param name="error">Why.</param>
    /// <param name="now">When.</param>
    public CodeRun Failed(EpPromoException error, DateTimeOffset now) => Ended(now) with
    {
        Generated = _settled ?? (_isCounted ? Journal.Generated : null),
        Jobs = _isCounted ? Journal.Jobs : null,
        Status = JobStatuses.Failed,
        Error = error.Message,
    };

    /// <summary>All codes are there, and none too many.</summary>
    internal void Settle(int generated) => _settled = generated;

    internal CodeRun Ended(DateTimeOffset now) => new()
    {
        PromotionId = PromotionId,
        Name = _request.Name,
        Requested = Requested,
        Generated = _settled,
        Jobs = Journal.Jobs,
        Retried = Journal.Retried,
        Status = JobStatuses.Completed,
        Started = Started,
        Finished = now,
    };

}

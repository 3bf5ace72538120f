namespace EpPromo;

/// <summary>Where a run stands on one promotion, for progress bars. Written by the run, read from any thread.</summary>
public sealed class RunState
{
    private volatile int _generated;
    private volatile string _activity = "";
    private volatile PromotionJob? _activeJob;
    private volatile bool _isEnded;

    internal RunState(CodeRunRequest request, DateTimeOffset started)
    {
        PromotionId = request.PromotionId;
        Requested = request.Count;
        Started = started;
    }

    /// <summary>The promotion.</summary>
    public string PromotionId { get; }

    /// <summary>How many codes were asked for.</summary>
    public int Requested { get; }

    /// <summary>When this sitting began.</summary>
    public DateTimeOffset Started { get; }

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

    /// <summary>The jobs that made codes, once the run has ended well.</summary>
    public IReadOnlyList<PromotionJob> Jobs { get; internal set; } = [];

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
}

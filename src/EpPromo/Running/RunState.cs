namespace EpPromo;

/// <summary>Where a run stands on one promotion, for progress bars. Written by the run, read from any thread.</summary>
public sealed class RunState
{
    private volatile int _generated;
    private volatile string _activity = "";

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

    /// <summary>What is being done.</summary>
    public string Activity
    {
        get => _activity;
        internal set => _activity = value;
    }
}

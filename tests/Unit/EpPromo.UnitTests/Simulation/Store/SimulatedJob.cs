using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A job as the store itself knows it, with all its states and when lists show each of them.</summary>
internal sealed class SimulatedJob
{
    private readonly List<(TimeSpan VisibleAt, PromotionJob Job)> _states = [];

    public SimulatedJob(SimulatedPromotion promotion, int callNumber, NewJob request)
    {
        Promotion = promotion;
        CallNumber = callNumber;
        Request = request;
    }

    public SimulatedPromotion Promotion { get; }

    /// <summary>The call that created it; 0 for a job that no call created.</summary>
    public int CallNumber { get; }

    /// <summary>The create request; not every store's lists show all of it.</summary>
    public NewJob Request { get; }

    /// <summary>How many codes were requested; 0 for an export.</summary>
    public int NumberOfCodes => Request.NumberOfCodes ?? 0;

    /// <summary>The job's latest state.</summary>
    public PromotionJob Current => _states[^1].Job;

    public string Id => Current.JobId;

    /// <summary>All states so far, the oldest first.</summary>
    public IEnumerable<PromotionJob> States => _states.Select(state => state.Job);

    /// <summary>When lists begin to show the latest state.</summary>
    public TimeSpan VisibleAt => _states[^1].VisibleAt;

    /// <summary>The calls whose cancel request the store has accepted.</summary>
    public List<int> CancelledBy { get; } = [];

    /// <summary>The job's next change of state, unless it is cancelled first.</summary>
    public SimulatedTimer? NextChange { get; set; }

    /// <summary>How far the clock of the machine that created it is off.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>When the store took it out of the queue.</summary>
    public TimeSpan DequeuedAt { get; set; }

    /// <summary>How many codes it has generated, reported or not.</summary>
    public int GeneratedCodes { get; set; }

    public bool IsCancelling => JobStatuses.Is(Current.Status, JobStatuses.Cancelling);

    /// <summary>Adds a state. Lists show states in their order, so it is visible no earlier than the one before.</summary>
    public void AddState(PromotionJob job, TimeSpan visibleAt) =>
        _states.Add((_states.Count > 0 && VisibleAt > visibleAt ? VisibleAt : visibleAt, job));

    /// <summary>The job as lists show it at a time, or null while they do not show it.</summary>
    public PromotionJob? StateVisibleAt(TimeSpan time)
    {
        for (int i = _states.Count - 1; i >= 0; i--)
        {
            if (_states[i].VisibleAt <= time)
            {
                return _states[i].Job;
            }
        }

        return null;
    }
}

using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A job as the store itself knows it, with all its states and when each shows in the lists.</summary>
internal sealed class SimulatedJob
{
    private readonly List<(TimeSpan VisibleAt, PromotionJob Job)> _versions = [];

    public SimulatedJob(int callNumber, NewJob asked)
    {
        CallNumber = callNumber;
        Asked = asked;
    }

    /// <summary>The call that made it, or 0 when it was there before.</summary>
    public int CallNumber { get; }

    /// <summary>What was asked for; lists do not show all of it in every store.</summary>
    public NewJob Asked { get; }

    /// <summary>How many codes were asked for; 0 for an export.</summary>
    public int NumberOfCodes => Asked.NumberOfCodes ?? 0;

    /// <summary>The job as it is.</summary>
    public PromotionJob Now => _versions[^1].Job;

    public string Id => Now.JobId;

    /// <summary>All states so far, the first one first.</summary>
    public IEnumerable<PromotionJob> States => _versions.Select(version => version.Job);

    /// <summary>When the last state shows in the lists.</summary>
    public TimeSpan VisibleAt => _versions[^1].VisibleAt;

    /// <summary>The calls whose wish to cancel it the store has granted.</summary>
    public List<int> CancelledBy { get; } = [];

    /// <summary>What happens to it next, when nothing else does first.</summary>
    public SimulatedTimer? Next { get; set; }

    /// <summary>How far the machine that made it is off.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>When its turn came.</summary>
    public TimeSpan TakenUpAt { get; set; }

    /// <summary>How many codes it has made, told or not.</summary>
    public int Made { get; set; }

    public bool IsCancelling => JobStatuses.Is(Now.Status, JobStatuses.Cancelling);

    public void Become(PromotionJob job, TimeSpan visibleAt) =>
        _versions.Add((_versions.Count > 0 && VisibleAt > visibleAt ? VisibleAt : visibleAt, job));

    /// <summary>The job as a list shows it at an instant, or null while it shows none.</summary>
    public PromotionJob? SeenAt(TimeSpan instant)
    {
        for (int i = _versions.Count - 1; i >= 0; i--)
        {
            if (_versions[i].VisibleAt <= instant)
            {
                return _versions[i].Job;
            }
        }

        return null;
    }
}

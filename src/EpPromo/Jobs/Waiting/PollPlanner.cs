using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>
/// Decides when a watched job is polled. While nothing is known about how long a kind of job takes, one job of that kind is polled closely
/// (the probe) and the others rarely: they get their estimate from it when it ends. Safe to call from any thread.
/// </summary>
internal sealed class PollPlanner
{
    /// <summary>A response is a few seconds old at most, and the server's clock is known to the second.</summary>
    private static readonly TimeSpan JustCreated = TimeSpan.FromSeconds(5);

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly List<WatchedJob> _probes = [];
    private readonly object _lock = new();

    public PollPlanner(IJobApi api, IClock clock)
    {
        _api = api;
        _clock = clock;
    }

    /// <summary>Where the estimates come from.</summary>
    public JobDurations Durations { get; } = new();

    /// <summary>
    /// Plans the first poll. A job that was just created is not polled before it can have ended; one from long ago, or known by its id only,
    /// may have ended, so it is polled now.
    /// </summary>
    public void PlanFirst(WatchedJob watched)
    {
        if (watched.Job is null || watched.Elapsed(watched.WatchedSince, _api.ServerTime) > JustCreated)
        {
            watched.Due = watched.WatchedSince;
        }
        else
        {
            PlanByEstimate(watched);
        }
    }

    /// <summary>Plans the next poll by the job's estimate.</summary>
    public void PlanNext(WatchedJob watched)
    {
        DateTimeOffset now = _clock.UtcNow;
        watched.Due = watched.Estimate is null && !IsProbe(watched)
            ? now + PollSchedule.MaxDelay
            : now + PollSchedule.NextDelay(watched.Elapsed(now, _api.ServerTime), watched.Estimate);
    }

    /// <summary>Plans the next poll of a known job by a fresh estimate.</summary>
    public void PlanByEstimate(WatchedJob watched)
    {
        watched.Estimate = JobDurations.Estimate(watched.Job!, Durations.Completed);
        PlanNext(watched);
    }

    /// <summary>Forgets a job that is no longer watched.</summary>
    /// <returns>Whether it was a probe, so that others may be due sooner now.</returns>
    public bool Forget(WatchedJob watched)
    {
        lock (_lock)
        {
            return _probes.Remove(watched);
        }
    }

    private bool IsProbe(WatchedJob watched)
    {
        lock (_lock)
        {
            // A job whose wait is over may still be part of the current poll; the others would learn nothing from it.
            if (watched.IsOver || _probes.Exists(probe => probe != watched && probe.IsSimilarTo(watched)))
            {
                _probes.Remove(watched);
                return false;
            }

            if (!_probes.Contains(watched))
            {
                _probes.Add(watched);
            }

            return true;
        }
    }
}

using EpPromo.Time;

namespace EpPromo.Runs.Execution;

/// <summary>
/// Decides whether a run that is complete in the job list is final, so that it needs no further check (docs/guarantees.md, "Any number of
/// codes, exactly").
/// </summary>
internal static class RunFinality
{
    /// <summary>
    /// How long a runner may still be sending a create after it has seen that codes are missing: the store may reject it with 429 for two
    /// minutes first, and each attempt takes its time.
    /// </summary>
    private static readonly TimeSpan s_maxSendTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a list that was read at <paramref name="readAt"/> shows all that any runner can have sent. Until one window after the last
    /// change of a job, a lagging list could show another runner that codes were missing; what it then sent is shown another window later.
    /// </summary>
    /// <param name="context">What the runs share.</param>
    /// <param name="lastChange">When a job of the run last changed, by the server's clock; null if that is unknown.</param>
    /// <param name="readAt">When reading the list started, by this machine's clock.</param>
    public static bool IsFinal(RunContext context, DateTimeOffset? lastChange, DateTimeOffset readAt)
    {
        DateTimeOffset readAtByServer = context.Api.Jobs.ServerTime - (context.Clock.UtcNow - readAt);
        TimeSpan window = context.ConsistencyWindow;
        return lastChange + window + s_maxSendTime + window + ServerClock.Tolerance <= readAtByServer;
    }
}

namespace EpPromo.UnitTests.Simulation;

/// <summary>What must hold when all is over, whatever went wrong on the way.</summary>
internal sealed class Invariants
{
    /// <summary>
    /// Six sends, each with its lost answer (30 s), the wait that a 429 asks for (30 s) and two polls over the consistency window
    /// (60 s, and a read of 2 minutes at its end), after 2 minutes of other 429s; and before it those of the client's other two users.
    /// </summary>
    private static readonly TimeSpan LongestCreate = TimeSpan.FromMinutes(3 * ((6 * 7) + 2));

    /// <summary>How often a create is sent.</summary>
    private const int MostExports = 6;

    /// <summary>Half of the longest estimate, and a read with all its tries.</summary>
    private static readonly TimeSpan LongestWaitAfterEnd = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan LongestCancel = TimeSpan.FromMinutes(20);

    /// <summary>All jobs of a scenario, one after another, and a create.</summary>
    private static readonly TimeSpan LongestQueue = TimeSpan.FromHours(6);

    /// <summary>What a store in which nothing goes wrong says no to.</summary>
    private static readonly string[] HonestErrors =
        [nameof(SR.TooManyJobs), nameof(SR.NotFound), nameof(SR.JobNotFound), nameof(SR.JobNotCancellable)];

    private readonly Dictionary<string, SimulatedJob> _jobs;
    private readonly ILookup<int, SimulatedJob> _made;
    private readonly CallLog _log;
    private readonly bool _isFaultFree;

    public Invariants(SimulatedServer server, CallLog log)
    {
        _jobs = server.Jobs.ToDictionary(job => job.Id, StringComparer.Ordinal);
        _made = server.Jobs.Where(job => job.CallNumber > 0).ToLookup(job => job.CallNumber);
        _log = log;
        _isFaultFree = server.Behaviour.IsFaultFree;
    }

    public void Check()
    {
        HashSet<string> returned = [];
        foreach (CreateCall call in _log.OfType<CreateCall>())
        {
            if (!IsMistakable(call))
            {
                CheckCreate(call);
            }

            Require(call.Result is null || returned.Add(call.Result.JobId), call, "returned a job that another call has returned");
        }

        foreach (WaitCall call in _log.OfType<WaitCall>())
        {
            CheckWait(call);
        }

        foreach (CancelCall call in _log.OfType<CancelCall>())
        {
            CheckCancel(call);
        }
    }

    /// <summary>
    /// Whether another call of the same name ended without knowing whether it had made a job: then a job of that name may be either's
    /// (docs/guarantees.md).
    /// </summary>
    private bool IsMistakable(CreateCall call) => call.Job.Name is { } name && _log.OfType<CreateCall>().Any(other =>
        other != call && other.Job.Name == name && other.PromotionId == call.PromotionId
        && (other.EndedAt is null || other.WasCancelled || other.Error is EpPromoException { Kind: ErrorKind.Uncertain }));

    private void CheckCreate(CreateCall call)
    {
        List<SimulatedJob> made = _made[call.Number].ToList();

        // An export changes nothing: one whose answer is lost is sent again at once, and may be made each time. Of several calls of one
        // name each gets one of the jobs that they have made, whichever it sees first.
        bool isExport = call.Job.JobType == JobTypes.Export;
        Require(made.Count <= (isExport ? MostExports : 1), call, $"made {made.Count} jobs");
        CheckEnd(call);
        if (call.Result is { } returned)
        {
            IEnumerable<SimulatedJob> others = isExport && call.Job.Name is not null
                ? _made.SelectMany(jobs => jobs).Where(job => job.Request == call.Job && job.Current.PromotionId == call.PromotionId)
                : made;
            SimulatedJob? own = others.FirstOrDefault(job => job.Id == returned.JobId);
            Require(own is not null, call, $"made {string.Join(", ", made.Select(job => job.Id))} and returned {returned}");
            Require(own!.States.Contains(returned), call, "returned the job in a state that it never had");
        }
        else if (call.Error is EpPromoException { Kind: ErrorKind.Uncertain } uncertain)
        {
            bool saysWhere = uncertain.Message.Contains(call.PromotionId, StringComparison.Ordinal)
                && made.TrueForAll(job => uncertain.RecommendedAction.Contains(job.Current.Name, StringComparison.Ordinal));
            Require(saysWhere && uncertain.ErrorId == nameof(SR.CreateUncertain), call, "does not know, and does not say where to look");
        }
        else if (call.Error is EpPromoException certain)
        {
            bool mayBeThere = isExport && certain.ErrorId is not (nameof(SR.JobNotCreated) or nameof(SR.TooManyJobs));
            Require(made.Count == 0 || mayBeThere, call, $"made a job and says: {certain.Message}");
        }
    }

    private void CheckWait(WaitCall call)
    {
        CheckEnd(call);
        SimulatedJob? job = _jobs.GetValueOrDefault(call.JobId);
        if (call.Result is { } returned)
        {
            Require(job is not null && job.Current == returned, call, $"returned {returned.Status}, but the job ended {job?.Current.Status}");
        }
        else if (call.Error is EpPromoException { ErrorId: nameof(SR.JobNotFound) })
        {
            Require(job is null, call, "did not find a job that is there");
        }
    }

    private void CheckCancel(CancelCall call)
    {
        CheckEnd(call);
        SimulatedJob job = _jobs[call.JobId];
        if (call.Result is { } returned)
        {
            bool stops = JobStatuses.Is(returned.Status, JobStatuses.Cancelling) || returned.IsFinished;
            Require(stops && job.States.Contains(returned), call, $"returned {returned.Status}");
        }
        else if (call.Error is EpPromoException { Kind: not ErrorKind.Uncertain } certain)
        {
            Require(!job.CancelledBy.Contains(call.Number), call, $"cancelled the job and says: {certain.Message}");
        }
    }

    /// <summary>A call ends, and stops only when it was told to.</summary>
    private void CheckEnd(Call call)
    {
        Require(call.EndedAt is not null || call.Process.IsKilled, call, "has not ended");
        Require(call.Error is not OperationCanceledException || call.WasCancelled, call, "was stopped by nobody");
        Require(
            !_isFaultFree || call.Error is not EpPromoException error || HonestErrors.Contains(error.ErrorId),
            call,
            $"failed although nothing went wrong: {call.Error?.Message}");
        if (call.EndedAt is not { } ended)
        {
            return;
        }

        TimeSpan latest = call switch
        {
            CancelCall => call.StartedAt + LongestCancel,
            CreateCall { WhenFree: false } => call.StartedAt + LongestCreate,
            CreateCall => call.StartedAt + LongestQueue,
            WaitCall wait when _jobs.TryGetValue(wait.JobId, out SimulatedJob? job) =>
                Later(job.VisibleAt, call.StartedAt) + LongestWaitAfterEnd,
            _ => call.StartedAt + LongestWaitAfterEnd,
        };
        Require(ended <= latest, call, $"took from {call.StartedAt} to {ended}");
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void Require(bool holds, Call call, string problem)
    {
        if (!holds)
        {
            throw new SimulationException($"{call} {problem}.");
        }
    }
}

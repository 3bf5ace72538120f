namespace EpPromo.UnitTests.Simulation;

/// <summary>What must hold at the end of a scenario, whatever has failed.</summary>
internal sealed class Invariants
{
    /// <summary>
    /// Six sends, each with a lost response (30 s), the delay of a 429 (30 s) and two searches over the consistency window (60 s, and a read
    /// of 2 minutes at its end), after 2 minutes of other 429s; and before them the same for the client's two other users.
    /// </summary>
    private static readonly TimeSpan s_longestCreate = TimeSpan.FromMinutes(3 * ((6 * 7) + 2));

    /// <summary>How often a create is sent at most.</summary>
    private const int MostExports = 6;

    /// <summary>Half of the longest estimate, and a read with all its attempts.</summary>
    private static readonly TimeSpan s_longestWaitAfterEnd = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan s_longestCancel = TimeSpan.FromMinutes(20);

    /// <summary>All jobs of a scenario, one after another, and a create.</summary>
    private static readonly TimeSpan s_longestQueue = TimeSpan.FromHours(6);

    /// <summary>The errors that calls can have although no request fails by chance.</summary>
    private static readonly string[] s_faultFreeErrors =
        [nameof(SR.TooManyJobs), nameof(SR.NotFound), nameof(SR.JobNotFound), nameof(SR.JobNotCancellable)];

    private readonly Dictionary<string, SimulatedJob> _jobs;
    private readonly ILookup<int, SimulatedJob> _created;
    private readonly CallLog _log;
    private readonly bool _isFaultFree;

    public Invariants(SimulatedServer server, CallLog log)
    {
        _jobs = server.Jobs.ToDictionary(job => job.Id, StringComparer.Ordinal);
        _created = server.Jobs.Where(job => job.CallNumber > 0).ToLookup(job => job.CallNumber);
        _log = log;
        _isFaultFree = server.Behaviour.IsFaultFree;
    }

    public void Check()
    {
        HashSet<string> returned = [];
        foreach (CreateCall call in _log.OfType<CreateCall>())
        {
            if (!IsAmbiguous(call))
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
    /// Whether another call with the same name ended without knowing whether it had created a job: then a job of that name may belong to
    /// either call (docs/guarantees.md).
    /// </summary>
    private bool IsAmbiguous(CreateCall call) => call.Job.Name is { } name && _log.OfType<CreateCall>().Any(other =>
        other != call && other.Job.Name == name && other.PromotionId == call.PromotionId
        && (other.EndedAt is null || other.WasCancelled || other.Error is EpPromoException { Kind: ErrorKind.Uncertain }));

    private void CheckCreate(CreateCall call)
    {
        List<SimulatedJob> created = _created[call.Number].ToList();

        // An export changes nothing: when its response is lost, it is sent again at once, and every send may create a job. Each of several
        // calls with one name returns one of the jobs that they have created.
        bool isExport = call.Job.JobType == JobTypes.Export;
        Require(created.Count <= (isExport ? MostExports : 1), call, $"created {created.Count} jobs");
        CheckEnd(call);
        if (call.Result is { } returned)
        {
            IEnumerable<SimulatedJob> candidates = isExport && call.Job.Name is not null
                ? _created.SelectMany(jobs => jobs).Where(job => job.Request == call.Job && job.Current.PromotionId == call.PromotionId)
                : created;
            SimulatedJob? own = candidates.FirstOrDefault(job => job.Id == returned.JobId);
            Require(own is not null, call, $"created {string.Join(", ", created.Select(job => job.Id))} and returned {returned}");
            Require(own!.States.Contains(returned), call, "returned the job in a state that it never had");
        }
        else if (call.Error is EpPromoException { Kind: ErrorKind.Uncertain } uncertain)
        {
            bool namesJobs = uncertain.Message.Contains(call.PromotionId, StringComparison.Ordinal)
                && created.TrueForAll(job => uncertain.RecommendedAction.Contains(job.Current.Name, StringComparison.Ordinal));
            Require(namesJobs && uncertain.ErrorId == nameof(SR.CreateUncertain), call, "ended uncertain and does not name the promotion and the job");
        }
        else if (call.Error is EpPromoException certain)
        {
            bool mayExist = isExport && certain.ErrorId is not (nameof(SR.JobNotCreated) or nameof(SR.TooManyJobs));
            Require(created.Count == 0 || mayExist, call, $"created a job and failed with: {certain.Message}");
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
            Require(job is null, call, "did not find a job that exists");
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
            Require(!job.CancelledBy.Contains(call.Number), call, $"cancelled the job and failed with: {certain.Message}");
        }
    }

    /// <summary>Every call ends, and is cancelled only by its user.</summary>
    private void CheckEnd(Call call)
    {
        Require(call.EndedAt is not null || call.Process.IsKilled, call, "has not ended");
        Require(call.Error is not OperationCanceledException || call.WasCancelled, call, "was cancelled by nobody");
        Require(
            !_isFaultFree || call.Error is not EpPromoException error || s_faultFreeErrors.Contains(error.ErrorId),
            call,
            $"failed although no request failed: {call.Error?.Message}");
        if (call.EndedAt is not { } ended)
        {
            return;
        }

        TimeSpan latest = call switch
        {
            CancelCall => call.StartedAt + s_longestCancel,
            CreateCall { WhenFree: false } => call.StartedAt + s_longestCreate,
            CreateCall => call.StartedAt + s_longestQueue,
            WaitCall wait when _jobs.TryGetValue(wait.JobId, out SimulatedJob? job) =>
                Later(job.VisibleAt, call.StartedAt) + s_longestWaitAfterEnd,
            _ => call.StartedAt + s_longestWaitAfterEnd,
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

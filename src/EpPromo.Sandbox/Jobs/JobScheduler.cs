using EpPromo.Sandbox.Exports;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Jobs;

/// <summary>
/// Decides when jobs start and finish: a limited number at once in the whole store, in the order of creation (contract
/// section 3). There are no timers: every access to the store first advances the jobs to the current time, event by event, so
/// all times are exact however rarely the store is accessed. Guarded by the lock of <see cref="StoreState"/>.
/// </summary>
internal sealed class JobScheduler(SandboxOptions options)
{
    // Contract section 3.
    private const string LimitExceeded = "codes limit exceeded";

    // An export reads this many codes in the time that a generated code takes.
    private const int ExportedCodesPerStep = 100;

    private readonly Queue<JobState> _pending = new();
    private readonly PriorityQueue<JobState, (DateTimeOffset At, long Order)> _finishes = new();
    private int _running;
    private long _order;

    /// <summary>Adds a new job to the queue.</summary>
    public void Enqueue(JobState job)
    {
        job.Promotion.UnfinishedJobs.Add(job);
        _pending.Enqueue(job);
    }

    /// <summary>Starts and finishes all jobs that are due.</summary>
    public void AdvanceTo(DateTimeOffset now)
    {
        StartPending(now);
        while (_finishes.TryPeek(out JobState? job, out (DateTimeOffset At, long Order) due) && due.At <= now)
        {
            _finishes.Dequeue();

            // A cancelled job is in the queue twice; only the time that FinishesAt has now is valid.
            if (!job.IsFinished && job.FinishesAt == due.At)
            {
                Finish(job, due.At);
                StartPending(due.At);
            }
        }
    }

    /// <summary>Makes the codes that a running job has made by now, before codes are read or the job is cancelled.</summary>
    public void GenerateDueCodes(JobState job, DateTimeOffset now)
    {
        if (!job.Spec.Generates || job.StartedAt is not { } started || job.Outcome == JobStatus.Cancelled || job.IsFinished)
        {
            return;
        }

        TimeSpan spent = now - started - options.BaseJobDuration;
        if (spent >= TimeSpan.Zero)
        {
            int due = options.DurationPerCode > TimeSpan.Zero
                ? (int)Math.Min(spent / options.DurationPerCode, int.MaxValue)
                : int.MaxValue;
            Generate(job, Math.Min(due, job.Target));
        }
    }

    /// <summary>Sets a pending or processing job to "cancelling" (contract section 5).</summary>
    public void Cancel(JobState job, DateTimeOffset now)
    {
        job.CancellingAt = now;
        DateTimeOffset takesEffectAt = now + options.CancellationDuration;
        bool jobCompletes = job.FinishesAt is { } finishes && options.CancelOutcome switch
        {
            CancelOutcome.Cancelled => false,
            CancelOutcome.Completed => true,
            _ => finishes <= takesEffectAt,
        };
        if (!jobCompletes)
        {
            GenerateDueCodes(job, now);
            job.Outcome = JobStatus.Cancelled;
            FinishAt(job, takesEffectAt);
        }
    }

    /// <summary>Ends a job immediately, in whatever state it is, because its promotion is deleted.</summary>
    public void Abort(JobState job, DateTimeOffset now)
    {
        if (!job.IsFinished)
        {
            job.Outcome = JobStatus.Cancelled;
            Finish(job, now);
        }
    }

    /// <summary>Finishes a job that was never queued: history that a store starts with.</summary>
    public void FinishImmediately(JobState job, string outcome, DateTimeOffset at)
    {
        job.StartedAt = job.CreatedAt;
        job.Outcome = outcome;
        if (outcome == JobStatus.Failed)
        {
            job.Error = LimitExceeded;
            job.Target = 0;
        }

        _running++;
        Finish(job, at);
    }

    private void StartPending(DateTimeOffset now)
    {
        while (_running < options.ConcurrentJobs && _pending.TryDequeue(out JobState? job))
        {
            if (job.IsActive)
            {
                Start(job, now);
            }
        }
    }

    private void Start(JobState job, DateTimeOffset now)
    {
        _running++;
        job.StartedAt = now;
        int existing = job.Promotion.Codes.Count;
        int requested = job.Spec.NumberOfCodes ?? 0;
        if (existing + requested > job.Promotion.CodesLimit && job.Spec.Generates)
        {
            job.Outcome = JobStatus.Failed;
            job.Error = LimitExceeded;
            job.Target = 0;
        }

        int steps = job.Spec.Generates ? job.Target : existing / ExportedCodesPerStep;
        FinishAt(job, now + options.BaseJobDuration + (options.DurationPerCode * steps));
    }

    private void FinishAt(JobState job, DateTimeOffset at)
    {
        job.FinishesAt = at;
        _finishes.Enqueue(job, (at, _order++));
    }

    private void Finish(JobState job, DateTimeOffset at)
    {
        if (job.StartedAt is not null)
        {
            _running--;
        }

        if (job.Outcome != JobStatus.Cancelled && job.Spec.Generates)
        {
            Generate(job, job.Target);
        }
        else if (job.Outcome == JobStatus.Completed)
        {
            job.File = new CsvExport(job.Promotion.Codes.ToArray());
        }
        else if (job.Outcome == JobStatus.Cancelled && job.Generated > 0 && !options.KeepCodesOfCancelledJobs)
        {
            job.Deleted = job.Promotion.Codes.Remove(code => code.JobId == job.Id);
        }

        job.FinishedAt = at;
        job.Promotion.UnfinishedJobs.Remove(job);
    }

    private void Generate(JobState job, int upTo)
    {
        DateTimeOffset first = (job.StartedAt ?? job.CreatedAt) + options.BaseJobDuration;
        while (job.Generated < upTo)
        {
            DateTimeOffset at = first + (options.DurationPerCode * (job.Generated + 1));
            var code = new SandboxCode(job.Generator.NextId(), job.Generator.Next(), job.Terms, job.Id, at);
            if (job.Promotion.Codes.TryAdd(code))
            {
                job.Generated++;
            }
        }
    }
}

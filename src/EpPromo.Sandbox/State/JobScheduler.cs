namespace EpPromo.Sandbox.State;

/// <summary>
/// Decides when jobs start and end: so many at once in the whole store, the rest first come, first served (contract
/// section 3). There are no timers. Whoever looks at the store first lets it catch up with the clock, event by event, so
/// that every moment comes out exact however seldom somebody looks. The store's lock guards it.
/// </summary>
internal sealed class JobScheduler(SandboxOptions options)
{
    // Contract section 3.
    private const string LimitExceeded = "codes limit exceeded";

    private readonly Queue<JobState> _pending = new();
    private readonly PriorityQueue<JobState, (DateTimeOffset At, long Order)> _endings = new();
    private int _running;
    private long _order;

    /// <summary>Puts a new job into the queue.</summary>
    public void Enqueue(JobState job)
    {
        job.Promotion.Unfinished.Add(job);
        _pending.Enqueue(job);
    }

    /// <summary>Lets everything happen that is due.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        StartPending(now);
        while (_endings.TryPeek(out JobState? job, out (DateTimeOffset At, long Order) due) && due.At <= now)
        {
            _endings.Dequeue();

            // A cancelled job has two endings in the queue; only the one it stands by counts.
            if (!job.IsEnded && job.EndsAt == due.At)
            {
                End(job, due.At);
                StartPending(due.At);
            }
        }
    }

    /// <summary>Makes the codes that a job would have made by now, for those who look at codes or cancel half-way.</summary>
    public void Progress(JobState job, DateTimeOffset now)
    {
        if (!job.Spec.Generates || job.StartedAt is not { } started || job.Outcome == JobStatus.Cancelled || job.IsEnded)
        {
            return;
        }

        TimeSpan spent = now - started - options.BaseJobDuration;
        if (spent >= TimeSpan.Zero)
        {
            int due = options.DurationPerCode > TimeSpan.Zero ? (int)Math.Min(spent / options.DurationPerCode, int.MaxValue) : int.MaxValue;
            Generate(job, Math.Min(due, job.Target));
        }
    }

    /// <summary>Turns a pending or processing job to "cancelling" (contract section 5).</summary>
    public void Cancel(JobState job, DateTimeOffset now)
    {
        job.CancellingAt = now;
        DateTimeOffset bites = now + options.CancellationDuration;
        bool jobWins = job.EndsAt is { } ends && options.CancelOutcome switch
        {
            CancelOutcome.Cancelled => false,
            CancelOutcome.Completed => true,
            _ => ends <= bites,
        };
        if (!jobWins)
        {
            Progress(job, now);
            job.Outcome = JobStatus.Cancelled;
            EndAt(job, bites);
        }
    }

    /// <summary>Takes a job out, whatever it was doing, because its promotion is gone.</summary>
    public void Drop(JobState job, DateTimeOffset now)
    {
        if (!job.IsEnded)
        {
            job.Outcome = JobStatus.Cancelled;
            End(job, now);
        }
    }

    /// <summary>Gives a job that was never queued its end at once: history that a store starts with.</summary>
    public void Finish(JobState job, string outcome, DateTimeOffset at)
    {
        job.StartedAt = job.CreatedAt;
        job.Outcome = outcome;
        if (outcome == JobStatus.Failed)
        {
            job.Error = LimitExceeded;
            job.Target = 0;
        }

        _running++;
        End(job, at);
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
        int codes = job.Promotion.Codes.Count;
        int wanted = job.Spec.NumberOfCodes ?? 0;
        if (codes + wanted > job.Promotion.CodesLimit && job.Spec.Generates)
        {
            job.Outcome = JobStatus.Failed;
            job.Error = LimitExceeded;
            job.Target = 0;
        }

        EndAt(job, now + options.BaseJobDuration + (options.DurationPerCode * (job.Spec.Generates ? job.Target : codes / 100)));
    }

    private void EndAt(JobState job, DateTimeOffset at)
    {
        job.EndsAt = at;
        _endings.Enqueue(job, (at, _order++));
    }

    private void End(JobState job, DateTimeOffset at)
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
            job.File = new ExportFile(job.Promotion.Codes.ToArray());
        }
        else if (job.Outcome == JobStatus.Cancelled && job.Generated > 0 && !options.KeepCodesOfCancelledJobs)
        {
            job.Deleted = job.Promotion.Codes.Remove(code => code.JobId == job.Id);
        }

        job.EndedAt = at;
        job.Promotion.Unfinished.Remove(job);
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

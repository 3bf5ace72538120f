namespace EpPromo.UnitTests.Simulation;

/// <summary>Runs the jobs of a store: some at once, the others in the order of their creation (api-contract.md section 3).</summary>
internal sealed class SimulatedScheduler
{
    /// <summary>The store's name in the history.</summary>
    public const string Name = "server";

    private const string UnknownStatus = "warming_up";

    private readonly SimulatedWorld _world;
    private readonly SimulatedRandom _random;
    private readonly Func<StoreBehaviour> _behaviour;
    private readonly List<SimulatedJob> _pending = [];
    private int _processing;
    private int _unfinished;

    /// <summary>A scheduler without jobs.</summary>
    /// <param name="world">The world that it runs in.</param>
    /// <param name="behaviour">How the store behaves at the moment.</param>
    public SimulatedScheduler(SimulatedWorld world, Func<StoreBehaviour> behaviour)
    {
        _world = world;
        _random = world.Random;
        _behaviour = behaviour;
    }

    /// <summary>How long jobs were at work, all together.</summary>
    public TimeSpan JobTime { get; private set; }

    /// <summary>Whether all jobs have ended.</summary>
    public bool IsIdle => _unfinished == 0;

    private StoreBehaviour Behaviour => _behaviour();

    /// <summary>Adds a pending job to the queue.</summary>
    public void Enqueue(SimulatedJob job)
    {
        _world.Record(Name, $"creates {Describe(job)} for call {job.CallNumber}");
        _unfinished++;
        _pending.Add(job);
        StartPending();
    }

    /// <summary>Starts to cancel a job, which may complete nevertheless.</summary>
    public void Cancel(SimulatedJob job)
    {
        bool wasDequeued = job.NextChange is not null;
        job.NextChange?.Cancel();
        SetState(job, new PromotionJob(job.Current) { Status = JobStatuses.Cancelling });
        string end = wasDequeued && _random.Chance(0.3) ? JobStatuses.Completed : JobStatuses.Cancelled;
        _world.After(_random.LogUniform(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(10)), () => End(job, end, wasDequeued));
    }

    private void StartPending()
    {
        while (_processing < Behaviour.Concurrency && _pending.Count > 0)
        {
            int index = Behaviour.BeginsJobsInAnyOrder ? _random.Next(_pending.Count) : 0;
            SimulatedJob job = _pending[index];
            _pending.RemoveAt(index);

            // A job that was cancelled in the queue has ended, or is about to end.
            if (JobStatuses.Is(job.Current.Status, JobStatuses.Pending))
            {
                _processing++;
                job.DequeuedAt = _world.Elapsed;
                job.NextChange = _world.After(
                    _random.LogUniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)), () => Start(job));
            }
        }
    }

    private void Start(SimulatedJob job)
    {
        bool unknown = Behaviour.HasUnknownStatus && job.Current.Status != UnknownStatus && _random.Chance(0.5);
        SetState(job, new PromotionJob(job.Current) { Status = unknown ? UnknownStatus : JobStatuses.Processing });
        TimeSpan duration = _random.LogUniform(Behaviour.ShortestJob, Behaviour.LongestJob);
        bool fails = _random.Chance(Behaviour.JobFailureChance);
        if (Behaviour.CountsWhileProcessing && !unknown)
        {
            Count(job, duration);
        }

        job.NextChange = unknown
            ? _world.After(duration, () => Start(job))
            : _world.After(duration, () => End(job, fails ? JobStatuses.Failed : JobStatuses.Completed, true));
    }

    /// <summary>Reports the codes of a job after each twentieth of its time, and changes the job's time with each report.</summary>
    private void Count(SimulatedJob job, TimeSpan duration)
    {
        const int Reports = 20;
        for (int report = 1; report < Reports; report++)
        {
            int generated = job.NumberOfCodes * report / Reports;
            _world.After(duration * report / Reports, () =>
            {
                if (JobStatuses.Is(job.Current.Status, JobStatuses.Processing))
                {
                    SetState(job, new PromotionJob(job.Current) { Generated = generated });
                }
            });
        }
    }

    private void End(SimulatedJob job, string status, bool wasDequeued)
    {
        SimulatedPromotion promotion = job.Promotion;
        int requested = job.NumberOfCodes;
        bool keep = true;
        PromotionJob end = new PromotionJob(job.Current) { Status = status };
        if (status == JobStatuses.Completed && promotion.CodeCount + requested > Behaviour.CodesLimit)
        {
            end = WithCounts(new PromotionJob(end) { Status = JobStatuses.Failed, Error = "codes limit exceeded" }, 0, 0);
        }
        else if (status == JobStatuses.Completed)
        {
            int generated = requested > 1 && _random.Chance(Behaviour.ShortBatchChance) ? _random.Between(1, requested - 1) : requested;
            promotion.CodeCount += generated;
            end = new PromotionJob(end) { Generated = generated };
            job.GeneratedCodes = generated;
        }
        else
        {
            int generated = _random.Next(requested + 1);
            keep = status == JobStatuses.Failed ? Behaviour.FailedJobsLeaveCodes : Behaviour.CancelledJobsLeaveCodes;
            promotion.CodeCount += keep ? generated : 0;
            job.GeneratedCodes = generated;
            end = WithCounts(
                new PromotionJob(end) { Error = status == JobStatuses.Failed ? "internal error" : null }, generated, keep ? 0 : generated);
        }

        job.NextChange = null;
        _unfinished--;
        SetState(job, end);
        promotion.Codes.AddCodesOf(job, keep, _world.Elapsed);
        if (wasDequeued)
        {
            _processing--;
            JobTime += _world.Elapsed - job.DequeuedAt;
            StartPending();
        }
    }

    private PromotionJob WithCounts(PromotionJob ended, int generated, int deleted) => new PromotionJob(ended)
    {
        Generated = Behaviour.ReportedCounts == ReportedCounts.None ? null : generated,
        Deleted = Behaviour.ReportedCounts == ReportedCounts.All ? deleted : null,
    };

    private void SetState(SimulatedJob job, PromotionJob state)
    {
        TimeSpan skew = Behaviour.SingleClockPerJob ? job.ClockSkew : _random.UpTo(Behaviour.JobSkew);
        job.AddState(new PromotionJob(state) { UpdatedAt = _world.Now + skew }, _world.Elapsed + Behaviour.DrawLag(_random));
        _world.Record(Name, $"{Describe(job)}, visible from {job.VisibleAt.TotalSeconds:0.000}");
    }

    private static string Describe(SimulatedJob job) =>
        $"job {job.Id} '{job.Current.Name}' on {job.Current.PromotionId}: {job.Current.Status}";
}

using System.Globalization;
using EpPromo.Api;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The store itself: promotions, jobs and their fates (api-contract.md sections 3 and 5). It is always right and never lost; what
/// clients see of it, and when, is the matter of <see cref="SimulatedStore"/>.
/// </summary>
internal sealed class SimulatedServer
{
    private const string Name = "server";
    private const string UnknownStatus = "warming_up";

    private readonly SimulatedWorld _world;
    private readonly SimulatedRandom _random;
    private readonly SortedDictionary<string, SimulatedPromotion> _promotions = new(StringComparer.Ordinal);
    private readonly Queue<SimulatedJob> _pending = new();
    private int _jobCount;
    private int _processing;
    private int _unfinished;

    public SimulatedServer(SimulatedWorld world, StoreBehaviour behaviour)
    {
        _world = world;
        _random = world.Random;
        Behaviour = behaviour;
    }

    public StoreBehaviour Behaviour { get; set; }

    public IEnumerable<SimulatedPromotion> Promotions => _promotions.Values;

    public IEnumerable<SimulatedJob> Jobs => _promotions.Values.SelectMany(promotion => promotion.Jobs);

    /// <summary>How long jobs were at work, all together.</summary>
    public TimeSpan JobTime { get; private set; }

    /// <summary>Whether nothing happens here any more.</summary>
    public bool IsQuiet => _unfinished == 0;

    public void AddPromotion(string id) => _promotions.Add(
        id, new SimulatedPromotion(id, _world.Elapsed + Behaviour.NewPromotionLag, new SimulatedCodes(id, _random, Lag)));

    public SimulatedPromotion Promotion(string id) =>
        _promotions.TryGetValue(id, out SimulatedPromotion? promotion) ? promotion : throw Refusals.NotFound();

    /// <summary>Adds a job that ended some time ago.</summary>
    public void AddFinished(string promotionId, NewJob asked, TimeSpan age)
    {
        SimulatedJob job = Make(promotionId, asked, 0, _world.Now - age, TimeSpan.Zero);
        DateTimeOffset? ended = job.Now.CreatedAt + Behaviour.ShortestJob;
        job.Become(job.Now with { Status = JobStatuses.Completed, UpdatedAt = ended, Generated = asked.NumberOfCodes }, TimeSpan.Zero);
        job.Made = job.NumberOfCodes;
        Promotion(promotionId).Codes.Ended(job, stay: true, TimeSpan.Zero);
    }

    /// <summary>Creates a job that shows in the lists at <paramref name="latestVisible"/> or before.</summary>
    public PromotionJob Create(string promotionId, NewJob asked, int callNumber, TimeSpan latestVisible)
    {
        SimulatedPromotion promotion = Promotion(promotionId);
        if (promotion.Jobs.Exists(IsActive))
        {
            throw Refusals.TooManyJobs(promotionId);
        }

        TimeSpan visibleAt = VisibleAt();
        SimulatedJob job = Make(promotionId, asked, callNumber, _world.Now, visibleAt < latestVisible ? visibleAt : latestVisible);
        _world.Record(Name, $"makes {Words(job)} for call {callNumber}");
        _unfinished++;
        _pending.Enqueue(job);
        StartPending();
        return job.Now;
    }

    public PromotionJob Cancel(string promotionId, string jobId, int callNumber)
    {
        SimulatedJob? job = Promotion(promotionId).Jobs.Find(one => one.Id == jobId);
        if (job is null)
        {
            throw Refusals.NotFound();
        }

        if (job.Now.IsFinished || job.IsCancelling)
        {
            throw Refusals.NotCancellable(promotionId, jobId);
        }

        bool atWork = job.Next is not null;
        job.Next?.Cancel();
        job.CancelledBy.Add(callNumber);
        Change(job, job.Now with { Status = JobStatuses.Cancelling });
        string end = atWork && _random.Chance(0.3) ? JobStatuses.Completed : JobStatuses.Cancelled;
        _world.After(_random.Scattered(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(10)), () => End(job, end, atWork));
        return job.Now;
    }

    /// <summary>The list as it shows at this instant.</summary>
    public Page<PromotionJob> List(string promotionId, string? jobType, int offset)
    {
        SimulatedPromotion promotion = Promotion(promotionId);
        if (promotion.VisibleAt > _world.Elapsed)
        {
            throw Refusals.NotFound();
        }

        List<PromotionJob> all = promotion.Jobs
            .Select(job => job.SeenAt(_world.Elapsed))
            .OfType<PromotionJob>()
            .Where(job => jobType is null || job.JobType == jobType)
            .ToList();
        if (Behaviour.Order == JobOrder.NewestFirst)
        {
            all.Reverse();
        }
        else if (Behaviour.Order == JobOrder.ById)
        {
            all.Sort((one, other) => string.CompareOrdinal(one.JobId, other.JobId));
        }

        return PageOf(all, offset);
    }

    /// <summary>The codes as they show at this instant.</summary>
    public Page<PromotionCode> ListCodes(string promotionId, string? after, int offset) =>
        PageOf(Promotion(promotionId).Codes.SeenAt(_world.Elapsed, Behaviour.IgnoresPages ? null : after), offset);

    public bool DeleteCodes(string promotionId, IEnumerable<string> codes)
    {
        SimulatedPromotion promotion = Promotion(promotionId);
        int deleted = promotion.Codes.Delete(codes, _world.Elapsed);
        promotion.CodeCount -= deleted;
        _world.Record(Name, $"deletes {deleted} codes of {promotionId}");
        return true;
    }

    /// <summary>What a <c>Date</c> header says now: whole seconds, by a machine of its own.</summary>
    public DateTimeOffset DateHeader()
    {
        DateTimeOffset date = _world.Now + Skew(Behaviour.DateSkew);
        return date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));
    }

    private Page<T> PageOf<T>(List<T> all, int offset)
    {
        int from = Behaviour.IgnoresPages ? 0 : offset;
        return new Page<T>(
            [.. all.Skip(from).Take(Behaviour.PageSize)],
            offset,
            Behaviour.PageSize,
            Behaviour.TellsTotal ? all.Count : null,
            Behaviour.TellsOffset ? from : null);
    }

    private bool IsActive(SimulatedJob job) => !job.Now.IsFinished && (Behaviour.CancellingBlocks || !job.IsCancelling);

    private SimulatedJob Make(string promotionId, NewJob asked, int callNumber, DateTimeOffset createdAt, TimeSpan visibleAt)
    {
        bool shows = Behaviour.Echo != ParameterEcho.None && asked.JobType == JobTypes.Generate;
        bool fillsIn = shows && Behaviour.Echo == ParameterEcho.WithDefaults;
        TimeSpan skew = Skew(Behaviour.JobSkew);
        SimulatedJob job = new(callNumber, asked) { Skew = skew };
        job.Become(
            new PromotionJob
            {
                JobId = string.Create(CultureInfo.InvariantCulture, $"{(ushort)_random.NextBits():x4}-{++_jobCount}"),
                PromotionId = promotionId,
                JobType = asked.JobType,
                Name = asked.Name!,
                Status = JobStatuses.Pending,
                NumberOfCodes = shows ? asked.NumberOfCodes : null,
                CodePrefix = shows ? asked.CodePrefix : null,
                CodeLength = shows ? asked.CodeLength ?? (fillsIn ? NewJob.MinCodeLength : null) : null,
                MaxUsesPerCode = shows ? asked.MaxUsesPerCode : null,
                ConsumeUnit = shows ? asked.ConsumeUnit ?? (fillsIn ? ConsumeUnits.PerCheckout : null) : null,
                CreatedAt = createdAt + skew,
                UpdatedAt = createdAt + skew,
            },
            visibleAt);
        _promotions[promotionId].Jobs.Add(job);
        return job;
    }

    private void StartPending()
    {
        while (_processing < Behaviour.Concurrency && _pending.TryDequeue(out SimulatedJob? job))
        {
            // One that was cancelled in the queue has ended or is about to.
            if (JobStatuses.Is(job.Now.Status, JobStatuses.Pending))
            {
                _processing++;
                SimulatedJob started = job;
                started.TakenUpAt = _world.Elapsed;
                started.Next = _world.After(_random.Scattered(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)), () => Start(started));
            }
        }
    }

    private void Start(SimulatedJob job)
    {
        bool unknown = Behaviour.HasUnknownStatus && job.Now.Status != UnknownStatus && _random.Chance(0.5);
        Change(job, job.Now with { Status = unknown ? UnknownStatus : JobStatuses.Processing });
        TimeSpan duration = _random.Scattered(Behaviour.ShortestJob, Behaviour.LongestJob);
        bool fails = _random.Chance(Behaviour.JobFailureChance);
        job.Next = unknown
            ? _world.After(duration, () => Start(job))
            : _world.After(duration, () => End(job, fails ? JobStatuses.Failed : JobStatuses.Completed, true));
    }

    private void End(SimulatedJob job, string status, bool wasAtWork)
    {
        SimulatedPromotion promotion = _promotions[job.Now.PromotionId];
        int asked = job.NumberOfCodes;
        bool stay = true;
        PromotionJob end = job.Now with { Status = status };
        if (status == JobStatuses.Completed && promotion.CodeCount + asked > Behaviour.CodesLimit)
        {
            end = WithCounts(end with { Status = JobStatuses.Failed, Error = "codes limit exceeded" }, 0, 0);
        }
        else if (status == JobStatuses.Completed)
        {
            int generated = asked > 1 && _random.Chance(Behaviour.ShortBatchChance) ? _random.Between(1, asked - 1) : asked;
            promotion.CodeCount += generated;
            end = end with { Generated = generated };
            job.Made = generated;
        }
        else
        {
            int begun = _random.Next(asked + 1);
            stay = status == JobStatuses.Failed ? Behaviour.FailedJobsLeaveCodes : Behaviour.CancelledJobsLeaveCodes;
            promotion.CodeCount += stay ? begun : 0;
            job.Made = begun;
            end = WithCounts(end with { Error = status == JobStatuses.Failed ? "internal error" : null }, begun, stay ? 0 : begun);
        }

        job.Next = null;
        _unfinished--;
        Change(job, end);
        promotion.Codes.Ended(job, stay, _world.Elapsed);
        if (wasAtWork)
        {
            _processing--;
            JobTime += _world.Elapsed - job.TakenUpAt;
            StartPending();
        }
    }

    private PromotionJob WithCounts(PromotionJob ended, int made, int deleted) => ended with
    {
        Generated = Behaviour.EndCounts == EndCounts.None ? null : made,
        Deleted = Behaviour.EndCounts == EndCounts.All ? deleted : null,
    };

    private void Change(SimulatedJob job, PromotionJob now)
    {
        job.Become(now with { UpdatedAt = _world.Now + SkewOf(job) }, VisibleAt());
        _world.Record(Name, $"{Words(job)}, in lists from {job.VisibleAt.TotalSeconds:0.000}");
    }

    private TimeSpan VisibleAt() => _world.Elapsed + Lag();

    private TimeSpan Lag() =>
        _random.Chance(Behaviour.LagChance) ? _random.Between(TimeSpan.Zero, Behaviour.ConsistencyWindow) : TimeSpan.Zero;

    private TimeSpan SkewOf(SimulatedJob job) => Behaviour.OneClockAJob ? job.Skew : Skew(Behaviour.JobSkew);

    private TimeSpan Skew(TimeSpan most) => _random.Between(-most, most);

    private static string Words(SimulatedJob job) => $"job {job.Id} '{job.Now.Name}' on {job.Now.PromotionId}: {job.Now.Status}";
}

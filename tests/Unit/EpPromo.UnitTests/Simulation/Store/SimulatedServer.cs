using System.Globalization;
using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The store itself: its promotions, jobs and codes (api-contract.md sections 3 and 5). It loses no request and knows the ground truth;
/// <see cref="SimulatedNetwork"/> decides what a client gets to see, and when.
/// </summary>
internal sealed class SimulatedServer
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedRandom _random;
    private readonly SimulatedScheduler _scheduler;
    private readonly SortedDictionary<string, SimulatedPromotion> _promotions = new(StringComparer.Ordinal);
    private int _jobCount;

    public SimulatedServer(SimulatedWorld world, StoreBehaviour behaviour)
    {
        _world = world;
        _random = world.Random;
        Behaviour = behaviour;
        _scheduler = new SimulatedScheduler(world, () => Behaviour);
    }

    public StoreBehaviour Behaviour { get; set; }

    public IEnumerable<SimulatedPromotion> Promotions => _promotions.Values;

    public IEnumerable<SimulatedJob> Jobs => _promotions.Values.SelectMany(promotion => promotion.Jobs);

    /// <summary>How long jobs were at work, all together.</summary>
    public TimeSpan JobTime => _scheduler.JobTime;

    /// <summary>Whether all jobs have ended.</summary>
    public bool IsIdle => _scheduler.IsIdle;

    public void AddPromotion(string id)
    {
        SimulatedCodes codes = new(id, _random, () => Behaviour.DrawLag(_random));
        _promotions.Add(id, new SimulatedPromotion(id, _world.Elapsed + Behaviour.NewPromotionLag, codes));
    }

    public SimulatedPromotion Promotion(string id) =>
        _promotions.TryGetValue(id, out SimulatedPromotion? promotion) ? promotion : throw StoreErrors.NotFound();

    /// <summary>Adds a job that completed some time ago.</summary>
    public void AddFinished(string promotionId, NewJob request, TimeSpan age)
    {
        SimulatedJob job = Add(promotionId, request, 0, _world.Now - age, TimeSpan.Zero);
        DateTimeOffset? endedAt = job.Current.CreatedAt + Behaviour.ShortestJob;
        job.AddState(
            new PromotionJob(job.Current) { Status = JobStatuses.Completed, UpdatedAt = endedAt, Generated = request.NumberOfCodes }, TimeSpan.Zero);
        job.GeneratedCodes = job.NumberOfCodes;
        job.Promotion.Codes.AddCodesOf(job, keep: true, TimeSpan.Zero);
    }

    /// <summary>Creates a job that lists show at <paramref name="latestVisible"/> or before.</summary>
    public PromotionJob Create(string promotionId, NewJob request, int callNumber, TimeSpan latestVisible)
    {
        if (Promotion(promotionId).Jobs.Exists(IsActive))
        {
            throw StoreErrors.TooManyJobs(promotionId);
        }

        TimeSpan visibleAt = _world.Elapsed + Behaviour.DrawLag(_random);
        SimulatedJob job = Add(promotionId, request, callNumber, _world.Now, visibleAt < latestVisible ? visibleAt : latestVisible);
        _scheduler.Enqueue(job);
        return job.Current;
    }

    public PromotionJob Cancel(string promotionId, string jobId, int callNumber)
    {
        SimulatedJob? job = Promotion(promotionId).Jobs.Find(one => one.Id == jobId);
        if (job is null)
        {
            throw StoreErrors.NotFound();
        }

        if (job.Current.IsFinished || job.IsCancelling)
        {
            throw StoreErrors.NotCancellable(promotionId, jobId);
        }

        job.CancelledBy.Add(callNumber);
        _scheduler.Cancel(job);
        return job.Current;
    }

    /// <summary>A page of the job list as it is visible now.</summary>
    public Page<PromotionJob> List(string promotionId, string? jobType, int offset)
    {
        SimulatedPromotion promotion = Promotion(promotionId);
        if (promotion.VisibleAt > _world.Elapsed)
        {
            throw StoreErrors.NotFound();
        }

        List<PromotionJob> all = promotion.Jobs
            .Select(job => job.StateVisibleAt(_world.Elapsed))
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

    /// <summary>A page of the codes as they are visible now.</summary>
    public Page<PromotionCode> ListCodes(string promotionId, string? after, int offset) =>
        PageOf(Promotion(promotionId).Codes.VisibleAt(_world.Elapsed, Behaviour.IgnoresPages ? null : after), offset);

    /// <summary>The code with a text, if it is visible now.</summary>
    public PromotionCode? FindCode(string promotionId, string code) =>
        Promotion(promotionId).Codes.VisibleAt(_world.Elapsed, null).Find(one => string.Equals(one.Code, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds all of the codes or none. Lists show them at <paramref name="latestVisible"/> or before.</summary>
    public AddedCodes AddCodes(string promotionId, IReadOnlyList<NewCode> codes, int callNumber, TimeSpan latestVisible)
    {
        SimulatedPromotion promotion = Promotion(promotionId);
        if (codes.Any(code => promotion.Codes.Exists(code.Text)))
        {
            throw StoreErrors.DuplicateCode(promotionId);
        }

        if (codes.Count > Behaviour.MaxCodesPerRequest)
        {
            throw StoreErrors.TooManyCodes();
        }

        DateTimeOffset createdAt = _world.Now + _random.UpTo(Behaviour.JobSkew);
        return new AddedCodes([.. codes.Select(code => promotion.Codes.Add(code, callNumber, createdAt, _world.Elapsed, latestVisible).Code)], []);
    }

    public Promotion GetPromotion(string promotionId) => new() { PromotionId = Promotion(promotionId).Id };

    /// <summary>Deletes codes. Lists hide them at <paramref name="latestHidden"/> or before.</summary>
    public bool DeleteCodes(string promotionId, IReadOnlyList<string> codes, TimeSpan latestHidden)
    {
        SimulatedPromotion promotion = Promotion(promotionId);
        if (codes.Count > Behaviour.MaxCodesPerRequest)
        {
            throw StoreErrors.TooManyCodes();
        }

        if (Behaviour.RejectsMissingCodes && !codes.All(promotion.Codes.Exists))
        {
            throw StoreErrors.NotFound();
        }

        int deleted = promotion.Codes.Delete(codes, _world.Elapsed, latestHidden);
        promotion.CodeCount -= deleted;
        _world.Record(SimulatedScheduler.Name, $"deletes {deleted} codes of {promotionId}");
        return true;
    }

    /// <summary>The <c>Date</c> header of a response sent now: in whole seconds, by a clock that is off like any other.</summary>
    public DateTimeOffset DateHeader()
    {
        DateTimeOffset date = _world.Now + _random.UpTo(Behaviour.DateSkew);
        return date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));
    }

    private Page<T> PageOf<T>(List<T> all, int offset)
    {
        int from = Behaviour.IgnoresPages ? 0 : offset;
        return new Page<T>(
            [.. all.Skip(from).Take(Behaviour.PageSize)],
            offset,
            Behaviour.PageSize,
            Behaviour.ReportsTotal ? all.Count : null,
            Behaviour.ReportsOffset ? from : null);
    }

    private bool IsActive(SimulatedJob job) => !job.Current.IsFinished && (Behaviour.CancellingBlocks || !job.IsCancelling);

    private SimulatedJob Add(string promotionId, NewJob request, int callNumber, DateTimeOffset createdAt, TimeSpan visibleAt)
    {
        SimulatedPromotion promotion = _promotions[promotionId];
        bool shows = Behaviour.Echo != ParameterEcho.None && request.JobType == JobTypes.Generate;
        bool fillsIn = shows && Behaviour.Echo == ParameterEcho.WithDefaults;
        TimeSpan skew = _random.UpTo(Behaviour.JobSkew);
        SimulatedJob job = new(promotion, callNumber, request) { ClockSkew = skew };
        job.AddState(
            new PromotionJob
            {
                JobId = string.Create(CultureInfo.InvariantCulture, $"{(ushort)_random.NextBits():x4}-{++_jobCount}"),
                PromotionId = promotionId,
                JobType = request.JobType,
                Name = request.Name!,
                Status = JobStatuses.Pending,
                NumberOfCodes = shows ? request.NumberOfCodes : null,
                CodePrefix = shows ? request.CodePrefix : null,
                CodeLength = shows ? request.CodeLength ?? (fillsIn ? NewJob.MinCodeLength : null) : null,
                MaxUsesPerCode = shows ? request.MaxUsesPerCode : null,
                ConsumeUnit = shows ? request.ConsumeUnit ?? (fillsIn ? Behaviour.DefaultConsumeUnit : null) : null,
                CreatedAt = createdAt + skew,
                UpdatedAt = createdAt + skew,
            },
            visibleAt);
        promotion.Jobs.Add(job);
        return job;
    }
}

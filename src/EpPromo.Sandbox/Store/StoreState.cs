using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Exports;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Time;
using EpPromo.Sandbox.Tokens;

namespace EpPromo.Sandbox.Store;

/// <summary>Everything that a store holds, guarded by one lock. Every access first advances the jobs to the current time.</summary>
internal sealed class StoreState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PromotionState> _byId = new(StringComparer.Ordinal);
    private long _codesAdded;

    public StoreState(SandboxOptions options)
    {
        Options = options;
        StoreId = SeededRandom.For(options.Seed, "store").NextGuid().ToString();
        Clock = new SandboxClock(options);
        Scheduler = new JobScheduler(options);
        Tokens = new TokenRegistry(options, Clock);
        Links = new LinkSigner(options, Clock);
        WriteGate = new WriteGate(options, Clock);
    }

    public SandboxOptions Options { get; }

    public SandboxClock Clock { get; }

    public JobScheduler Scheduler { get; }

    public TokenRegistry Tokens { get; }

    public LinkSigner Links { get; }

    public WriteGate WriteGate { get; }

    /// <summary>The store's id, as promotions show it.</summary>
    public string StoreId { get; }

    /// <summary>The promotions, in the order of creation.</summary>
    public List<PromotionState> Promotions { get; } = [];

    /// <summary>How many promotions were ever created, including deleted ones; new ids are derived from it.</summary>
    public int PromotionsCreated { get; private set; }

    /// <summary>Executes an operation while it holds the lock.</summary>
    /// <param name="operation">Gets the server's current time.</param>
    public T Execute<T>(Func<DateTimeOffset, T> operation)
    {
        lock (_lock)
        {
            DateTimeOffset now = Clock.UtcNow;
            Scheduler.AdvanceTo(now);
            return operation(now);
        }
    }

    /// <exception cref="ErrorResponseException">404.</exception>
    public PromotionState Find(string promotionId) =>
        _byId.GetValueOrDefault(promotionId) ?? throw ErrorResponses.NotFound("Promotion");

    /// <summary>Finds a promotion by its id, or else the first one with that name.</summary>
    /// <exception cref="ErrorResponseException">404.</exception>
    public PromotionState FindByIdOrName(string promotion) =>
        _byId.GetValueOrDefault(promotion)
        ?? Promotions.Find(one => one.Resource.Name == promotion)
        ?? throw ErrorResponses.NotFound("Promotion");

    /// <exception cref="ErrorResponseException">404.</exception>
    public JobState FindJob(string promotionId, string jobId) =>
        Find(promotionId).Jobs.Find(job => job.Id == jobId) ?? throw ErrorResponses.NotFound("Job");

    /// <exception cref="ArgumentException">The id is already in use.</exception>
    public PromotionState Add(SandboxPromotion resource)
    {
        var promotion = new PromotionState(resource, resource.CodesLimit ?? Options.CodesPerPromotion);
        if (!_byId.TryAdd(resource.Id, promotion))
        {
            throw new ArgumentException($"A promotion with the id {resource.Id} already exists.", nameof(resource));
        }

        Promotions.Add(promotion);
        PromotionsCreated++;
        return promotion;
    }

    public void Remove(PromotionState promotion)
    {
        _byId.Remove(promotion.Id);
        Promotions.Remove(promotion);
    }

    /// <summary>The id of a code that is added as a single code.</summary>
    public Guid NewCodeId(string code) => SeededRandom.For(Options.Seed, code, _codesAdded++).NextGuid();

    /// <summary>
    /// Creates a job without adding it to its promotion. Its id and codes are derived from the seed and the number of jobs that
    /// the promotion has.
    /// </summary>
    public JobState NewJob(PromotionState promotion, JobSpec spec, DateTimeOffset createdAt, ForcedJobOutcome? forcedOutcome = null)
    {
        SeededRandom random = SeededRandom.For(Options.Seed, promotion.Id, promotion.Jobs.Count);
        string id = random.NextGuid().ToString();
        var generator = new CodeGenerator(random, spec.CodePrefix, spec.CodeLength ?? JobSpec.DefaultCodeLength, Options.PrefixDash);
        return new JobState(id, promotion, spec, generator, forcedOutcome, createdAt);
    }
}

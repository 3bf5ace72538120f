using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>All that a store holds, behind one lock. Every look at it first lets the jobs catch up with the clock.</summary>
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
        Writes = new WriteGate(options, Clock);
    }

    public SandboxOptions Options { get; }

    public SandboxClock Clock { get; }

    public JobScheduler Scheduler { get; }

    public TokenRegistry Tokens { get; }

    public LinkSigner Links { get; }

    public WriteGate Writes { get; }

    /// <summary>The store's own id, as promotions name it.</summary>
    public string StoreId { get; }

    /// <summary>In the order of creation.</summary>
    public List<PromotionState> Promotions { get; } = [];

    /// <summary>How many promotions there have ever been; ids are derived from it.</summary>
    public int PromotionsMade { get; private set; }

    /// <summary>Does something with the store, alone with it.</summary>
    /// <param name="action">Given the moment at which it happens.</param>
    public T Do<T>(Func<DateTimeOffset, T> action)
    {
        lock (_lock)
        {
            DateTimeOffset now = Clock.UtcNow;
            Scheduler.CatchUp(now);
            return action(now);
        }
    }

    /// <exception cref="ApiError">404.</exception>
    public PromotionState Find(string promotionId) => _byId.GetValueOrDefault(promotionId) ?? throw ApiError.NotFound("Promotion");

    /// <exception cref="ApiError">404.</exception>
    public JobState FindJob(string promotionId, string jobId) =>
        Find(promotionId).Jobs.Find(job => job.Id == jobId) ?? throw ApiError.NotFound("Job");

    public PromotionState Add(SandboxPromotion resource)
    {
        var promotion = new PromotionState(resource, resource.CodesLimit ?? Options.CodesPerPromotion);
        if (!_byId.TryAdd(resource.Id, promotion))
        {
            throw new ArgumentException($"There is a promotion with the id {resource.Id}.", nameof(resource));
        }

        Promotions.Add(promotion);
        PromotionsMade++;
        return promotion;
    }

    public void Remove(PromotionState promotion)
    {
        _byId.Remove(promotion.Id);
        Promotions.Remove(promotion);
    }

    /// <summary>The id of a code that no job made.</summary>
    public Guid NewCodeId(string code) => SeededRandom.For(Options.Seed, code, _codesAdded++).NextGuid();

    /// <summary>A job that is not yet in any list; its id and its codes follow from the seed and from how many came before.</summary>
    public JobState NewJob(PromotionState promotion, JobSpec spec, DateTimeOffset at, JobFate? fate = null)
    {
        SeededRandom random = SeededRandom.For(Options.Seed, promotion.Id, promotion.Jobs.Count);
        string id = random.NextGuid().ToString();
        var generator = new CodeGenerator(random, spec.CodePrefix, spec.CodeLength ?? JobSpec.DefaultCodeLength, Options.PrefixDash);
        return new JobState(id, promotion, spec, generator, fate, at);
    }
}

using EpPromo.Sandbox.State;

namespace EpPromo.Sandbox;

/// <summary>What a sandbox holds, in memory, for tests to fill and to look at. Safe to use from any thread.</summary>
public sealed class SandboxStore
{
    /// <summary>Who made and changed everything in a sandbox, where the API names somebody.</summary>
    public const string User = "sandbox@example.com";

    private readonly StoreState _state;
    private readonly PromotionOperations _promotions;
    private readonly JobOperations _jobs;
    private readonly CodeOperations _codes;
    private readonly UsageOperations _usages;

    internal SandboxStore(StoreState state)
    {
        _state = state;
        _promotions = new PromotionOperations(state);
        _jobs = new JobOperations(state);
        _codes = new CodeOperations(state);
        _usages = new UsageOperations(state);
    }

    /// <summary>The promotions, in the order of creation.</summary>
    public IReadOnlyList<SandboxPromotion> Promotions => _promotions.List((_, _) => true);

    /// <summary>Adds a promotion.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="enabled">Whether shoppers can use it.</param>
    /// <param name="id">Its id; derived from the seed when null.</param>
    /// <param name="codesLimit">How many codes it may hold; null takes <see cref="SandboxOptions.CodesPerPromotion"/>.</param>
    /// <param name="automatic">Whether it applies without a code; such a promotion takes no codes.</param>
    /// <exception cref="ArgumentException">There is a promotion with that id.</exception>
    public SandboxPromotion AddPromotion(
        string name, bool enabled = true, string? id = null, int? codesLimit = null, bool automatic = false) =>
        _promotions.Create(
            blank => blank with { Name = name, Enabled = enabled, CodesLimit = codesLimit, Automatic = automatic }, id);

    /// <summary>Changes a promotion.</summary>
    /// <param name="promotionId">Which.</param>
    /// <param name="change">Makes the new out of the old; it must leave the id as it is.</param>
    public SandboxPromotion UpdatePromotion(string promotionId, Func<SandboxPromotion, SandboxPromotion> change) =>
        _promotions.Update(promotionId, change);

    /// <summary>The jobs of a promotion as they are now, in the order of <see cref="SandboxOptions.JobOrder"/>.</summary>
    /// <param name="promotionId">Which promotion's.</param>
    public IReadOnlyList<SandboxJob> Jobs(string promotionId) => _jobs.List(promotionId);

    /// <summary>Creates a job, as a request would.</summary>
    /// <param name="promotionId">For which promotion.</param>
    /// <param name="spec">What it is to do.</param>
    public SandboxJob AddJob(string promotionId, JobSpec spec) => _jobs.Create(promotionId, spec);

    /// <summary>Adds a job that has ended already, with the codes it made.</summary>
    /// <param name="promotionId">For which promotion.</param>
    /// <param name="spec">What it did.</param>
    /// <param name="status">completed, failed or cancelled.</param>
    /// <param name="createdAt">When it was created.</param>
    /// <param name="took">How long it took.</param>
    public SandboxJob AddEndedJob(string promotionId, JobSpec spec, string status, DateTimeOffset createdAt, TimeSpan took) =>
        _jobs.AddEnded(promotionId, spec, status, createdAt, took);

    /// <summary>The codes of a promotion as they are now, in the order they were made.</summary>
    /// <param name="promotionId">Which promotion's.</param>
    public IReadOnlyList<SandboxCode> Codes(string promotionId) => _codes.All(promotionId);

    /// <summary>Adds single codes, all or none, as a request would.</summary>
    /// <param name="promotionId">To which promotion.</param>
    /// <param name="codes">The codes.</param>
    public IReadOnlyList<SandboxCode> AddCodes(string promotionId, IEnumerable<string> codes)
    {
        var terms = new CodeTerms();
        return _codes.Add(promotionId, [.. codes.Select(code => (code, terms))]).Added;
    }

    /// <summary>The usages of a promotion's codes, in the order of use.</summary>
    /// <param name="promotionId">Which promotion's.</param>
    public IReadOnlyList<SandboxUsage> Usages(string promotionId) => _usages.List(promotionId);

    /// <summary>Adds a use of a code.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="code">The code that was used.</param>
    /// <param name="customerEmail">The address of who used it.</param>
    /// <param name="change">Makes what is added out of one use, now, by a customer with an id; it must leave the ids of usage and code.</param>
    public SandboxUsage AddUsage(
        string promotionId, string code, string customerEmail, Func<SandboxUsage, SandboxUsage>? change = null) =>
        _usages.Add(promotionId, code, usage =>
        {
            SandboxUsage used = usage with { CustomerEmail = customerEmail };
            return change?.Invoke(used) ?? used;
        });

    /// <summary>Kills every token handed out so far: their next use is answered 401.</summary>
    public void RevokeTokens() => _state.Tokens.RevokeAll();

    /// <summary>Lets every signed link handed out so far expire: their next use is answered 403.</summary>
    public void ExpireLinks() => _state.Links.ExpireAll();
}

using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Usages;

namespace EpPromo.Sandbox;

/// <summary>The content of a sandbox, in memory, for tests to set up and to inspect. Thread-safe.</summary>
public sealed class SandboxStore
{
    /// <summary>The user that the API names as the creator or last editor of everything in a sandbox.</summary>
    public const string User = "sandbox@example.com";

    private readonly StoreState _state;
    private readonly PromotionOperations _promotions;
    private readonly JobOperations _jobs;
    private readonly CodeOperations _codes;
    private readonly UsageOperations _usages;
    private readonly Shoppers _shoppers;

    internal SandboxStore(StoreState state)
    {
        _state = state;
        _promotions = new PromotionOperations(state);
        _jobs = new JobOperations(state);
        _codes = new CodeOperations(state);
        _usages = new UsageOperations(state);
        _shoppers = new Shoppers(state);
    }

    /// <summary>The rule promotions, in the order of creation.</summary>
    public IReadOnlyList<SandboxPromotion> Promotions => _promotions.List((promotion, _) => !promotion.IsStandard);

    /// <summary>The promotions of Promotions Standard, in the order of creation.</summary>
    public IReadOnlyList<SandboxPromotion> StandardPromotions => _promotions.List((promotion, _) => promotion.IsStandard);

    /// <summary>Adds a promotion of Promotions Standard.</summary>
    /// <param name="name">The name.</param>
    /// <param name="automatic">Whether it applies without a code; such a promotion cannot have codes.</param>
    /// <param name="codesLimit">The maximum number of codes; null for <see cref="SandboxOptions.CodesPerPromotion"/>.</param>
    /// <param name="promotionType">What it gives.</param>
    public SandboxPromotion AddStandardPromotion(
        string name, bool automatic = false, int? codesLimit = null, string promotionType = "percent_discount") =>
        _promotions.Create(blank => blank with
        {
            Name = name,
            Enabled = true,
            Automatic = automatic,
            CodesLimit = codesLimit,
            IsStandard = true,
            PromotionType = promotionType,
        });

    /// <summary>Adds a rule promotion.</summary>
    /// <param name="name">The name.</param>
    /// <param name="enabled">Whether shoppers can use it.</param>
    /// <param name="id">The id; derived from the seed if null.</param>
    /// <param name="codesLimit">The maximum number of codes; null for <see cref="SandboxOptions.CodesPerPromotion"/>.</param>
    /// <param name="automatic">Whether it applies without a code; such a promotion cannot have codes.</param>
    /// <exception cref="ArgumentException">The id is already in use.</exception>
    public SandboxPromotion AddPromotion(
        string name, bool enabled = true, string? id = null, int? codesLimit = null, bool automatic = false) =>
        _promotions.Create(
            blank => blank with { Name = name, Enabled = enabled, CodesLimit = codesLimit, Automatic = automatic }, id);

    /// <summary>Updates a promotion.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    /// <param name="change">Returns the updated promotion; it must not change the id.</param>
    public SandboxPromotion UpdatePromotion(string promotionId, Func<SandboxPromotion, SandboxPromotion> change) =>
        _promotions.Update(promotionId, change);

    /// <summary>The current jobs of a promotion, in the order of <see cref="SandboxOptions.JobOrder"/>.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    public IReadOnlyList<SandboxJob> Jobs(string promotionId) => _jobs.List(promotionId);

    /// <summary>Creates a job, as a request would.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    /// <param name="spec">What the job is to do.</param>
    public SandboxJob AddJob(string promotionId, JobSpec spec) => _jobs.Create(promotionId, spec);

    /// <summary>Adds a job that has finished already, with the codes that it made.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    /// <param name="spec">What the job did.</param>
    /// <param name="status">completed, failed or cancelled.</param>
    /// <param name="createdAt">When the job was created.</param>
    /// <param name="took">How long the job took.</param>
    public SandboxJob AddFinishedJob(string promotionId, JobSpec spec, string status, DateTimeOffset createdAt, TimeSpan took) =>
        _jobs.AddFinished(promotionId, spec, status, createdAt, took);

    /// <summary>The current codes of a promotion, in the order of creation.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    public IReadOnlyList<SandboxCode> Codes(string promotionId) => _codes.All(promotionId);

    /// <summary>Adds all of the codes or none, as a request would.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    /// <param name="codes">The codes.</param>
    public IReadOnlyList<SandboxCode> AddCodes(string promotionId, IEnumerable<string> codes)
    {
        bool isStandard = _promotions.Get(promotionId).IsStandard;
        var terms = new CodeTerms { ConsumeUnit = PromotionVariant.Of(isStandard).DefaultConsumeUnit };
        return _codes.Add(promotionId, [.. codes.Select(code => (code, terms))]).Added;
    }

    /// <summary>The usages of a promotion's codes, in the order in which they were added.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    public IReadOnlyList<SandboxUsage> Usages(string promotionId) => _usages.List(promotionId);

    /// <summary>Adds a usage of a code.</summary>
    /// <param name="promotionId">The promotion's id.</param>
    /// <param name="code">The code that was used.</param>
    /// <param name="customerEmail">The email address of the customer who used it.</param>
    /// <param name="change">
    /// Returns the usage to add, given a single use at the current time. It must not change the ids of the usage and the code.
    /// </param>
    public SandboxUsage AddUsage(
        string promotionId, string code, string customerEmail, Func<SandboxUsage, SandboxUsage>? change = null) =>
        _usages.Add(promotionId, code, usage =>
        {
            SandboxUsage used = usage with { CustomerEmail = customerEmail };
            return change?.Invoke(used) ?? used;
        });

    /// <summary>Lets shoppers use codes that have uses left.</summary>
    /// <param name="promotion">The name or the id of the promotion.</param>
    /// <param name="count">How many orders.</param>
    /// <param name="prefix">How the codes start.</param>
    /// <param name="days">How many days back the orders are spread; 0 for now.</param>
    /// <returns>How many orders there were codes for.</returns>
    public int UseCodes(string promotion, int count, string prefix = "", int days = 0) => _shoppers.Order(promotion, prefix, count, days);

    /// <summary>Revokes every token issued so far; requests that use one get 401.</summary>
    public void RevokeTokens() => _state.Tokens.RevokeAll();

    /// <summary>Makes every signed link created so far expire; downloads that use one get 403.</summary>
    public void ExpireLinks() => _state.Links.ExpireAll();
}

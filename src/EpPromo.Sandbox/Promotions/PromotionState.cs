using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Promotions;

/// <summary>A promotion with its jobs, codes and usages. Guarded by the lock of <see cref="StoreState"/>.</summary>
internal sealed class PromotionState(SandboxPromotion resource, int codesLimit)
{
    /// <summary>The promotion as the API shows it; replaced as a whole on every change.</summary>
    public SandboxPromotion Resource { get; set; } = resource;

    public string Id => Resource.Id;

    public PromotionVariant Variant => PromotionVariant.Of(Resource.IsStandard);

    public int CodesLimit { get; } = codesLimit;

    /// <summary>In the order of creation.</summary>
    public List<JobState> Jobs { get; } = [];

    /// <summary>The jobs that have not finished: at most one, unless cancelling jobs do not block new ones.</summary>
    public List<JobState> UnfinishedJobs { get; } = [];

    public CodeIndex Codes { get; } = new();

    public List<SandboxUsage> Usages { get; } = [];

    public int TimesUsed(SandboxCode code) => Usages.Where(usage => usage.CodeId == code.Id).Sum(usage => usage.TimesUsed ?? 0);
}

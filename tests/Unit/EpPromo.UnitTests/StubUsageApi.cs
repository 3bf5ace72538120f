using EpPromo.Api;
using EpPromo.Usages;

namespace EpPromo.UnitTests;

/// <summary>A store whose usages cannot be read: what a test needs of them is overridden.</summary>
internal class StubUsageApi : IUsageApi
{
    public virtual Task<Page<PromotionUsage>> ListUsagesAsync(
        string promotionId, UsageSelection selection, int offset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<Page<PromotionUsage>> ListUsagesOfCodeAsync(
        string promotionId, string codeId, UsageSelection selection, int offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Codes.Changes;
using EpPromo.Jobs;
using EpPromo.Promotions;
using EpPromo.Stores;
using EpPromo.Time;
using EpPromo.Usages;

namespace EpPromo.UnitTests;

/// <summary>A fake store: all resources of the API in one class. Most fakes do not write promotions.</summary>
internal interface IFakeApi : IPromotionApi, IJobApi, ICodeApi
{
    Task<Page<Promotion>> IPromotionApi.ListPromotionsWithCodeAsync(string code, int offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<Promotion> IPromotionApi.CreatePromotionAsync(PromotionFields fields, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<Promotion> IPromotionApi.UpdatePromotionAsync(string promotionId, PromotionFields fields, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task IPromotionApi.DeletePromotionAsync(string promotionId, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>Hands a fake to code that takes the whole API.</summary>
internal static class FakeApiExtensions
{
    /// <summary>The API whose every resource is <paramref name="fake"/>.</summary>
    public static StoreApi AsStoreApi(this IFakeApi fake) => new(fake, fake, fake, fake as IUsageApi ?? new StubUsageApi());

    /// <summary>Removes codes of the fake.</summary>
    public static CodeRemover RemoverOf(
        this IFakeApi fake, IClock clock, IRandomSource random, TimeSpan window, RemovedCodes? removed = null) =>
        new(fake, fake, removed ?? new RemovedCodes(clock, window), clock, random, window);
}

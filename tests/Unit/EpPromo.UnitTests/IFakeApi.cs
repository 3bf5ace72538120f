using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Promotions;
using EpPromo.Stores;

namespace EpPromo.UnitTests;

/// <summary>A fake store: all resources of the API in one class.</summary>
internal interface IFakeApi : IPromotionApi, IJobApi, ICodeApi;

/// <summary>Hands a fake to code that takes the whole API.</summary>
internal static class FakeApiExtensions
{
    /// <summary>The API whose every resource is <paramref name="fake"/>.</summary>
    public static StoreApi AsStoreApi(this IFakeApi fake) => new(fake, fake, fake);
}

using EpPromo.Api;
using EpPromo.Codes.Changes;
using EpPromo.Jobs.Creation;
using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>
/// The promotions of one kind in a store, with their jobs and codes. Objects that come from a store remember its section, so that commands
/// that get them as input use the same API.
/// </summary>
internal sealed class StoreSection : IStoreReference
{
    /// <summary>The section of <paramref name="store"/> with the promotions of <paramref name="kind"/>.</summary>
    public StoreSection(EpStore store, PromotionKind kind)
    {
        Store = store;
        Kind = kind;
        Directory = new PromotionDirectory(store.Clock, kind, store.ConsistencyWindow);
        RemovedCodes = new RemovedCodes(store.Clock, store.ConsistencyWindow);
    }

    /// <summary>The store.</summary>
    public EpStore Store { get; }

    /// <inheritdoc/>
    public PromotionKind Kind { get; }

    /// <inheritdoc/>
    public string Name => Store.Name;

    /// <summary>The section with the promotions of the other kind.</summary>
    public StoreSection Other => Store.Section(PromotionKinds.OtherThan(Kind));

    /// <summary>The promotions by id and by name.</summary>
    public PromotionDirectory Directory { get; }

    /// <summary>Allows one create at a time on a promotion.</summary>
    public CreateCoordination CreateCoordination { get; } = new();

    /// <summary>The codes that were removed lately.</summary>
    public RemovedCodes RemovedCodes { get; }

    /// <summary>What all writes of promotions share.</summary>
    public PromotionWrites PromotionWrites { get; } = new();

    /// <summary>
    /// The API as seen by one caller, whose <paramref name="observer"/> is notified of its requests. Everything that it returns knows the
    /// name of its promotion and this section.
    /// </summary>
    public StoreApi Open(IRequestObserver observer)
    {
        StoreApi api = Store.Connection.Open(observer, Kind);
        OtherKindCheck check = new(this, observer);
        return new StoreApi(
            new StampedPromotionApi(api.Promotions, this, check),
            new StampedJobApi(api.Jobs, this, check),
            new StampedCodeApi(api.Codes, this, check),
            new StampedUsageApi(api.Usages, this, check));
    }
}

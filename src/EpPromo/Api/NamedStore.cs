namespace EpPromo.Api;

/// <summary>
/// The store of an object that was read from a file, or came from another process: only what its columns say is known.
/// </summary>
/// <param name="Name">The store's name, or null if the object does not say.</param>
/// <param name="KindText">The kind of its promotion, or null if the object does not say. Not validated.</param>
internal sealed record NamedStore(string? Name, string? KindText = null) : IStoreReference
{
    /// <summary>The kind; <see cref="PromotionKind.Rule"/> if the object does not say, or says something else.</summary>
    public PromotionKind Kind => PromotionKinds.TryParse(KindText ?? "", out PromotionKind kind) ? kind : PromotionKind.Rule;
}

using EpPromo.Promotions;
using EpPromo.Runs;

namespace EpPromo.Sync;

/// <summary>How a promotion should be.</summary>
/// <param name="Fields">Its fields; they have the name. A field that is null stays as it is.</param>
/// <param name="Runs">The runs that it should hold; the promotion is not set in them.</param>
internal sealed record DesiredPromotion(PromotionFields Fields, IReadOnlyList<CodeRunRequest> Runs)
{
    /// <summary>The name, which identifies the promotion.</summary>
    public string Name => Fields.Name!;
}

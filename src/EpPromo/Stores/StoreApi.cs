using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>The API of a store for one caller, one member for each resource.</summary>
/// <param name="Promotions">Rule promotions.</param>
/// <param name="Jobs">Promotion jobs.</param>
/// <param name="Codes">Single codes.</param>
internal sealed record StoreApi(IPromotionApi Promotions, IJobApi Jobs, ICodeApi Codes);

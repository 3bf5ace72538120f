using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>The API of one store as one caller uses it, one member a resource.</summary>
/// <param name="Promotions">Rule promotions.</param>
/// <param name="Jobs">Promotion jobs.</param>
/// <param name="Codes">Single codes.</param>
internal sealed record StoreApi(IPromotionApi Promotions, IJobApi Jobs, ICodeApi Codes);

using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Promotions;
using EpPromo.Usages;

namespace EpPromo.Stores;

/// <summary>The API of a store for one caller and one kind of promotions, one member for each resource.</summary>
/// <param name="Promotions">The promotions.</param>
/// <param name="Jobs">Their jobs.</param>
/// <param name="Codes">Their single codes.</param>
/// <param name="Usages">Usages of codes, which only rule promotions have.</param>
internal sealed record StoreApi(IPromotionApi Promotions, IJobApi Jobs, ICodeApi Codes, IUsageApi Usages);

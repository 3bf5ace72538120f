using EpPromo.Api;
using EpPromo.Promotions;

namespace EpPromo.UnitTests.Simulation;

/// <summary>The promotions as one client sees them, behind a <see cref="SimulatedNetwork"/>.</summary>
internal sealed class SimulatedPromotionApi(SimulatedWorld world, SimulatedServer server, SimulatedProcess process, SimulatedPromotions promotions)
    : IPromotionApi
{
    private readonly SimulatedNetwork _network = new(world, server, process);

    public DateTimeOffset ServerTime => _network.ServerTime;

    public IReadOnlyDictionary<Fault, int> Faults => _network.Faults;

    /// <summary>Requests a token, as every session does first.</summary>
    public Task ConnectAsync() => _network.SendSafely("token");

    public Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        _network.Read($"list promotions from {offset}", () => promotions.List(offset), cancellationToken);

    public Task<Page<Promotion>> ListPromotionsWithCodeAsync(string code, int offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        _network.Read($"get {promotionId}", () => promotions.Get(promotionId), cancellationToken);

    public Task<Promotion> CreatePromotionAsync(PromotionFields fields, CancellationToken cancellationToken)
    {
        int call = CurrentCall.Number;
        return _network.Write(
            $"create promotion '{fields.Name}' (call {call})", latest => promotions.Create(fields, call, latest), cancellationToken);
    }

    public Task<Promotion> UpdatePromotionAsync(string promotionId, PromotionFields fields, CancellationToken cancellationToken) =>
        _network.Write($"update {promotionId} {fields}", latest => promotions.Update(promotionId, fields, latest), cancellationToken);

    public Task DeletePromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        _network.Write($"delete {promotionId}", _ => promotions.Delete(promotionId), cancellationToken);
}

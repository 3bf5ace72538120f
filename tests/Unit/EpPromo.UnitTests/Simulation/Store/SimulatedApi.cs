using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>The API as one client sees it: the <see cref="SimulatedServer"/> behind a <see cref="SimulatedNetwork"/>.</summary>
internal sealed class SimulatedApi : IFakeApi
{
    private readonly SimulatedServer _server;
    private readonly SimulatedNetwork _network;

    /// <summary>The connection of <paramref name="process"/> to <paramref name="server"/>.</summary>
    public SimulatedApi(SimulatedWorld world, SimulatedServer server, SimulatedProcess process)
    {
        _server = server;
        _network = new SimulatedNetwork(world, server, process);
    }

    public DateTimeOffset ServerTime => _network.ServerTime;

    /// <summary>How many requests have met which fault.</summary>
    public IReadOnlyDictionary<Fault, int> Faults => _network.Faults;

    public IReadOnlySet<int> CallsWithLostResponses => _network.CallsWithLostResponses;

    /// <summary>Called when a create has been sent.</summary>
    public Action? CreateSent { get; set; }

    /// <summary>Requests a token, as every session does first; its response tells the client the store's time.</summary>
    public Task ConnectAsync() => _network.SendSafely("token");

    public Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
    {
        int call = CurrentCall.Number;
        Task<PromotionJob> response = _network.Write(
            $"create '{job.Name}' on {promotionId} (call {call})",
            latestVisible => _server.Create(promotionId, job, call, latestVisible),
            cancellationToken);
        CreateSent?.Invoke();
        return response;
    }

    public Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        int call = CurrentCall.Number;
        return _network.Write(
            $"cancel {jobId} on {promotionId} (call {call})", _ => _server.Cancel(promotionId, jobId, call), cancellationToken);
    }

    public Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        _network.Read($"list {promotionId} from {offset}", () => _server.List(promotionId, jobType, offset), cancellationToken);

    public Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        _network.Read($"list codes of {promotionId} after '{after}'", () => _server.ListCodes(promotionId, after, offset), cancellationToken);

    public Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken) =>
        _network.Read($"find code '{code}' of {promotionId}", () => _server.FindCode(promotionId, code), cancellationToken);

    public Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken)
    {
        int call = CurrentCall.Number;
        return _network.Write(
            $"add {codes.Count} codes to {promotionId} (call {call})",
            latestVisible => _server.AddCodes(promotionId, codes, call, latestVisible),
            cancellationToken);
    }

    public Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        _network.Write(
            $"delete {codes.Count} codes of {promotionId} (call {CurrentCall.Number})",
            latestVisible => _server.DeleteCodes(promotionId, codes, latestVisible),
            cancellationToken);

    public Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        _network.Read($"get {promotionId}", () => _server.GetPromotion(promotionId), cancellationToken);

    public Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

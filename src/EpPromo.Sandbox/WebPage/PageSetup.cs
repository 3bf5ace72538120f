using EpPromo.Sandbox.Faults;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.WebPage;

/// <summary>What does not change while the sandbox runs: how it was started, and what its forms offer.</summary>
/// <param name="StartedAt">When it was started, by the server's clock.</param>
/// <param name="ConcurrentJobs">How many jobs it processes at once.</param>
/// <param name="RequestsPerSecond">The rate limit; 0 for none.</param>
/// <param name="Endpoints">The endpoints that a fault can apply to.</param>
/// <param name="FaultActions">What a fault can do.</param>
/// <param name="ConsumeUnits">What can count as one use of a code, for rule promotions and for Promotions Standard.</param>
internal sealed record PageSetup(
    DateTimeOffset StartedAt,
    int ConcurrentJobs,
    int RequestsPerSecond,
    IReadOnlyList<string> Endpoints,
    IReadOnlyList<PageSetup.FaultChoice> FaultActions,
    IReadOnlyList<string> ConsumeUnits)
{
    public static PageSetup Of(StoreState state) => new(
        state.Clock.UtcNow,
        state.Options.ConcurrentJobs,
        state.Options.RequestsPerSecond,
        [.. EndpointName.All.Select(endpoint => endpoint.Value)],
        [.. Enum.GetValues<FaultAction>().Select(action => new FaultChoice(FaultRuleParser.KebabCase(action), FaultRuleValidator.KeysOf(action)))],
        [.. PromotionVariant.All.SelectMany(variant => variant.ConsumeUnits)]);

    /// <summary>What a fault can do.</summary>
    /// <param name="Action">The name, as in a rule.</param>
    /// <param name="Keys">The keys that only some actions have.</param>
    internal sealed record FaultChoice(string Action, IReadOnlyList<string> Keys);
}

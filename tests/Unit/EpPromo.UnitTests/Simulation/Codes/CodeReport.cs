using EpPromo.Codes;
using EpPromo.Codes.Changes;

namespace EpPromo.UnitTests.Simulation;

/// <summary>What a call said of its codes.</summary>
internal sealed class CodeReport : ICodeAddObserver, ICodeRemoveObserver
{
    public HashSet<string> Added { get; } = [];

    public HashSet<string> Existing { get; } = [];

    public HashSet<string> Rejected { get; } = [];

    public HashSet<string> Removed { get; } = [];

    public bool IsReported(string text) => Added.Contains(text) || Existing.Contains(text) || Rejected.Contains(text);

    public Task AddedAsync(PromotionCode code) => Report(Added, code.Code);

    public Task ExistingAsync(NewCode code) => Report(Existing, code.Text);

    public Task RejectedAsync(NewCode code, ApiException error) => Report(Rejected, code.Text);

    public Task InOtherPromotionsAsync(IReadOnlyList<string> codes) => Task.CompletedTask;

    public void OnRemoved(IReadOnlyList<string> codes) => Removed.UnionWith(codes);

    public Task RejectedAsync(string code, ApiException error) => Report(Rejected, code);

    public void OnWaiting()
    {
    }

    private Task Report(HashSet<string> to, string text) =>
        IsReported(text) ? throw new SimulationException($"Something was said of {text} twice.")
        : to.Add(text) ? Task.CompletedTask
        : throw new SimulationException($"{text} was reported twice.");
}

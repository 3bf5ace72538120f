namespace EpPromo.UnitTests.Simulation;

/// <summary>Deletes as many codes as the jobs say are too many, without looking how many are still there.</summary>
internal sealed class BlindRemovalBuild : RunnerBuild
{
    public override async Task<CodeRun> RunAsync(IPromotionApi api, CodeRunRequest request, Func<CodeRunRequest, Task<CodeRun>> run)
    {
        CodeRun result = await run(request with { KeepSurplus = true });
        int surplus = result.Generated - result.Requested;
        if (result.Error is not null || surplus <= 0 || request.KeepSurplus)
        {
            return result;
        }

        List<PromotionCode> codes = [];
        Page<PromotionCode> page;
        do
        {
            page = await api.ListCodesAsync(request.PromotionId, codes.Count == 0 ? null : codes[^1].Code, CancellationToken.None);
            codes.AddRange(page.Items);
        }
        while (!page.IsLast);

        string[] newest = [.. codes
            .Where(code => code.Code.StartsWith(request.CodePrefix ?? "", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(code => code.CreatedAt)
            .Take(surplus)
            .Select(code => code.Code)];
        await api.DeleteCodesAsync(request.PromotionId, newest, CancellationToken.None);
        return result with { Generated = result.Requested };
    }
}

using EpPromo.Api;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Deletes the surplus that the jobs report, without counting the codes that still exist.</summary>
internal sealed class BlindRemovalMutant : RunnerSetup
{
    public override CodeRunRequest Request(CodeRunRequest request) => request with { KeepSurplus = true };

    public override async Task<CodeRun> RunAsync(IFakeApi api, CodeRunRequest request, Func<Task<CodeRun>> run)
    {
        CodeRun result = await run();
        int surplus = (result.Generated ?? 0) - request.Count;
        if (result.Error is not null || surplus <= 0 || request.KeepSurplus)
        {
            return result;
        }

        string[] newest = await RetryAsync(() => FindNewestAsync(api, request, surplus));
        await RetryAsync(async () =>
        {
            await api.DeleteCodesAsync(request.PromotionId, newest, CancellationToken.None);
            return true;
        });
        return new CodeRun(result) { Generated = result.Requested };
    }

    private static async Task<string[]> FindNewestAsync(IFakeApi api, CodeRunRequest request, int count)
    {
        List<PromotionCode> codes = [];
        Page<PromotionCode> page;
        do
        {
            page = await api.ListCodesAsync(request.PromotionId, codes.Count == 0 ? null : codes[^1].Code, 0, CancellationToken.None);
            codes.AddRange(page.Items);
        }
        while (!page.IsLast);

        return [.. codes
            .Where(code => code.Code.StartsWith(request.CodePrefix ?? "", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(code => code.CreatedAt)
            .Take(count)
            .Select(code => code.Code)];
    }

    /// <summary>Repeats a call until it succeeds, because failed requests are not what makes this a mutant.</summary>
    private static async Task<T> RetryAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (EpPromoException)
            {
                continue;
            }
        }
    }
}

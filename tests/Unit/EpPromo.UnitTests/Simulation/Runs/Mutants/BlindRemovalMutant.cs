using EpPromo.Api;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Deletes as many codes as the jobs say are too many, without looking how many are still there.</summary>
internal sealed class BlindRemovalMutant : RunnerSetup
{
    public override async Task<CodeRun> RunAsync(IFakeApi api, CodeRunRequest request, Func<CodeRunRequest, Task<CodeRun>> run)
    {
        CodeRun result = await run(request with { KeepSurplus = true });
        int surplus = (result.Generated ?? 0) - result.Requested;
        if (result.Error is not null || surplus <= 0 || request.KeepSurplus)
        {
            return result;
        }

        string[] newest = await Insist(() => FindNewestAsync(api, request, surplus));
        await Insist(async () =>
        {
            await api.DeleteCodesAsync(request.PromotionId, newest, CancellationToken.None);
            return true;
        });
        return result with { Generated = result.Requested };
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

    /// <summary>Until it works: its errors are not the mistake that is to be seen.</summary>
    private static async Task<T> Insist<T>(Func<Task<T>> call)
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

using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.Usages;

/// <summary>
/// Finds the usages of some codes of a promotion: code by code, or in the list of all usages of the promotion, whichever takes fewer requests.
/// </summary>
internal sealed class CodeUsageFinder
{
    /// <summary>If the store does not report how many usages a promotion has, the list is read for more codes than this.</summary>
    private const int MaxSingleCodes = 100;

    private readonly IUsageApi _api;
    private readonly UsageLister _lister;

    /// <summary>A finder.</summary>
    /// <param name="api">The usages of the store.</param>
    /// <param name="lister">Reads lists of them.</param>
    public CodeUsageFinder(IUsageApi api, UsageLister lister)
    {
        _api = api;
        _lister = lister;
    }

    /// <summary>Finds the usages.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="codes">Its codes.</param>
    /// <param name="selection">Which of their usages.</param>
    /// <param name="process">Called for each usage.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="EpPromoException">The usages cannot be read.</exception>
    public async Task FindAsync(
        string promotionId, CodeSet codes, UsageSelection selection, Func<PromotionUsage, Task> process, CancellationToken cancellationToken)
    {
        if (codes.Codes.Count > 1 && await IsListShorterAsync(promotionId, codes.Codes.Count, selection, cancellationToken))
        {
            await _lister.ListAsync(
                promotionId, selection, usage => codes.Contains(usage) ? process(usage) : Task.CompletedTask, cancellationToken);
            return;
        }

        foreach ((string text, string? codeId) in codes.Codes)
        {
            await FindAsync(promotionId, text, codeId, selection, process, cancellationToken);
        }
    }

    private async Task FindAsync(
        string promotionId,
        string text,
        string? codeId,
        UsageSelection selection,
        Func<PromotionUsage, Task> process,
        CancellationToken cancellationToken)
    {
        if (codeId is not null)
        {
            try
            {
                await _lister.ListOfCodeAsync(promotionId, codeId, selection, process, cancellationToken);
                return;
            }
            catch (ApiException e) when (e.Kind == ErrorKind.NotFound)
            {
                // The code was deleted, and perhaps added again with another id. If it is the promotion that does not exist, the next request
                // is rejected, too.
            }
        }

        // Whether the filter ignores case is not documented (api-contract.md section 8).
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (string variant in CodeFinder.Variants(text))
        {
            await _lister.ListAsync(
                promotionId,
                selection with { Code = variant },
                usage => found.Add(usage.UsageId) ? process(usage) : Task.CompletedTask,
                cancellationToken);
        }
    }

    private async Task<bool> IsListShorterAsync(
        string promotionId, int codes, UsageSelection selection, CancellationToken cancellationToken)
    {
        try
        {
            Page<PromotionUsage> first = await _api.ListUsagesAsync(promotionId, selection, 0, cancellationToken);
            return first.IsLast || (first.Total is { } total ? total <= (long)codes * Math.Max(1, first.Items.Count) : codes > MaxSingleCodes);
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
        {
            // Then no code can be filtered by either.
            return true;
        }
    }
}

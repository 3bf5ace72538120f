using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// Finds the starts of ranges of a promotion's list of codes: each begins a fixed number of codes after the first page of the one before. So
/// the ranges are in order, however many codes are added and removed meanwhile, and no offset is large (api-contract.md section 6).
/// </summary>
internal sealed class CodeRangePlanner
{
    private readonly ICodeApi _api;
    private readonly string _promotionId;
    private readonly int _length;

    /// <summary>The first page of the latest range.</summary>
    private Task<Page<PromotionCode>?> _latest;

    /// <summary>A planner of ranges.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="length">How many codes a range has, about.</param>
    /// <param name="last">The page before the first range; it has codes.</param>
    public CodeRangePlanner(ICodeApi api, string promotionId, int length, Page<PromotionCode> last)
    {
        _api = api;
        _promotionId = promotionId;
        _length = length;
        _latest = Task.FromResult<Page<PromotionCode>?>(last);
    }

    /// <summary>How many codes follow a page, or null if the store does not say.</summary>
    public static int? CountAfter(Page<PromotionCode> page) => page.Total - page.Offset - page.Items.Count;

    /// <summary>
    /// Starts to read the next range; the result is null if the list is not that long, or if the store cannot return such a page.
    /// </summary>
    public Task<CodeWalk?> NextAsync(CancellationToken cancellationToken)
    {
        Task<Page<PromotionCode>?> previous = _latest;
        _latest = FetchAsync(previous, cancellationToken);
        return WalkAsync(previous, _latest);
    }

    private async Task<CodeWalk?> WalkAsync(Task<Page<PromotionCode>?> previous, Task<Page<PromotionCode>?> first) =>
        await first is { } page ? new CodeWalk(_api, _promotionId, LastOf((await previous)!), page) : null;

    private async Task<Page<PromotionCode>?> FetchAsync(Task<Page<PromotionCode>?> previous, CancellationToken cancellationToken)
    {
        if (await previous is not { } before || CountAfter(before) <= _length)
        {
            return null;
        }

        try
        {
            Page<PromotionCode> page = await _api.ListCodesAsync(_promotionId, LastOf(before), _length, cancellationToken);
            bool isRequested = page.ReportedOffset is not { } reported || reported == _length;
            return isRequested && page.Items.Count > 0 ? page : null;
        }
        catch (EpPromoException e) when (e.ErrorId is nameof(SR.BadFilter) or nameof(SR.RequestRefused))
        {
            // The store does not accept the code in a filter, or no such offset. The range before is then read to the end.
            return null;
        }
    }

    private static string LastOf(Page<PromotionCode> page) => page.Items[page.Items.Count - 1].Text;
}

using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>Lists a promotion's codes in the order of the store, one page after another (<see cref="CodeWalk"/>).</summary>
internal sealed class CodeLister
{
    private readonly ICodeApi _api;
    private readonly string _promotionId;

    /// <summary>A lister of the codes of a promotion.</summary>
    public CodeLister(ICodeApi api, string promotionId)
    {
        _api = api;
        _promotionId = promotionId;
    }

    /// <summary>Lists the codes that sort after <paramref name="start"/>.</summary>
    /// <param name="start">Any text.</param>
    /// <param name="process">Processes a code and returns whether to continue.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>False, without any code, if the store rejects <paramref name="start"/> in a filter.</returns>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to the end.</exception>
    public async Task<bool> TryListAfterAsync(string start, Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        Page<PromotionCode> first;
        try
        {
            first = await _api.ListCodesAsync(_promotionId, start, 0, cancellationToken);
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
        {
            return false;
        }

        await ListAsync(new CodeWalk(_api, _promotionId, start, first), process, cancellationToken);
        return true;
    }

    /// <summary>Lists all codes.</summary>
    /// <param name="process">Processes a code and returns whether to continue.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to the end.</exception>
    public async Task ListAllAsync(Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken) =>
        await ListAsync(await CodeWalk.StartAsync(_api, _promotionId, cancellationToken), process, cancellationToken);

    private static async Task ListAsync(CodeWalk walk, Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        while (await walk.NextAsync(cancellationToken) is { } page)
        {
            foreach (PromotionCode code in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!await process(code))
                {
                    return;
                }
            }
        }
    }
}

using EpPromo.Codes;
using EpPromo.PowerShell.Sessions;
using EpPromo.Usages;

namespace EpPromo.PowerShell.Codes;

/// <summary>
/// Which codes of a promotion have been used. A code with a limit says so itself: it has fewer uses left than its maximum. The uses of other
/// codes, and of codes from before April 2023, are only in the list of usages (api-contract.md section 6), which is read once, when needed.
/// </summary>
internal sealed class UsedCodes
{
    private readonly StoreContext _context;
    private readonly string _promotionId;
    private HashSet<string>? _ids;
    private HashSet<string> _texts = [];

    /// <param name="context">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    public UsedCodes(StoreContext context, string promotionId)
    {
        _context = context;
        _promotionId = promotionId;
    }

    /// <summary>Whether a code has been used.</summary>
    /// <exception cref="EpPromoException">The usages cannot be read.</exception>
    public async Task<bool> ContainsAsync(PromotionCode code, CancellationToken cancellationToken)
    {
        if (code is { MaxUses: { } max, Uses: { } left })
        {
            return left < max;
        }

        if (_ids is null)
        {
            await ReadAsync(cancellationToken);
        }

        return code.CodeId is { } id && _ids!.Contains(id) ? true : _texts.Contains(code.Text);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> texts = new(CodeComparer.Instance);
        await _context.Usages.ListAsync(
            _promotionId,
            UsageSelection.All,
            usage =>
            {
                _ = usage.CodeId is { } id ? ids.Add(id) : texts.Add(usage.Code);
                return Task.CompletedTask;
            },
            cancellationToken);
        (_ids, _texts) = (ids, texts);
    }
}

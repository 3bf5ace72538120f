using EpPromo.Codes;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Codes;

/// <summary>Which of the codes that were asked for none of the promotions has. Safe to call from any thread.</summary>
internal sealed class MissingCodes
{
    private const int MaxNamed = 3;

    private readonly object _lock = new();
    private readonly Dictionary<string, bool> _isFound = new(CodeComparer.Instance);
    private readonly List<string> _promotions = [];
    private bool _isUnknown;

    /// <summary>Where they were searched: the ids of a few promotions, or how many there are.</summary>
    private string Where => _promotions.Count <= MaxNamed
        ? string.Join(", ", _promotions.Select(id => MessageText.Of(SR.DetailPromotion, id)))
        : QuantityText.Of(_promotions.Count, "promotion");

    /// <summary>These codes are to be found in a promotion or in another one.</summary>
    public void Expect(PromotionIdentity promotion, string[]? codes)
    {
        lock (_lock)
        {
            _promotions.Add(promotion.PromotionId);
            foreach (string code in codes ?? [])
            {
                _isFound[code] = _isFound.TryGetValue(code, out bool isFound) && isFound;
            }
        }
    }

    /// <summary>A promotion has a code.</summary>
    public void Found(PromotionCode code)
    {
        lock (_lock)
        {
            if (_isFound.ContainsKey(code.Text))
            {
                _isFound[code.Text] = true;
            }
        }
    }

    /// <summary>A promotion could not be read, which is an error of its own: it may have any of the codes.</summary>
    public void Excuse(PromotionIdentity promotion)
    {
        lock (_lock)
        {
            _promotions.Remove(promotion.PromotionId);
            _isUnknown = true;
        }
    }

    /// <summary>The codes that no promotion has, with their errors.</summary>
    public IReadOnlyList<(string Code, EpPromoException Error)> Errors()
    {
        lock (_lock)
        {
            return _isUnknown || _promotions.Count == 0 ? [] :
            [
                .. _isFound.Where(pair => !pair.Value).Select(pair => (
                    pair.Key,
                    new EpPromoException(ErrorKind.NotFound, nameof(SR.CodeNotFound), pair.Key, Where))),
            ];
        }
    }
}

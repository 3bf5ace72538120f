using EpPromo.Codes;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;

namespace EpPromo.PowerShell.Codes;

/// <summary>The codes of all input, collected for each promotion, so that a question can say how many there are. On the pipeline thread.</summary>
/// <typeparam name="T">What is known of a code.</typeparam>
internal sealed class CodesByPromotion<T>
{
    private readonly Func<T, string> _text;
    private readonly Dictionary<(StoreContext Context, string PromotionId), Group> _groups = [];
    private readonly List<Group> _inOrder = [];

    /// <param name="text">Returns the text of a code, by which codes are the same.</param>
    public CodesByPromotion(Func<T, string> text) => _text = text;

    /// <summary>The promotions that have codes, in the order of the input, and their codes.</summary>
    public IEnumerable<(StoreContext Context, PromotionIdentity Promotion, IReadOnlyList<T> Codes)> All =>
        _inOrder.Where(group => group.Codes.Count > 0).Select(group => (group.Context, group.Promotion, (IReadOnlyList<T>)group.Codes));

    /// <summary>Adds a promotion.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(StoreContext context, PromotionIdentity promotion)
    {
        if (_groups.ContainsKey((context, promotion.PromotionId)))
        {
            return false;
        }

        Group group = new(context, promotion, [], new HashSet<string>(CodeComparer.Instance));
        _groups.Add((context, promotion.PromotionId), group);
        _inOrder.Add(group);
        return true;
    }

    /// <summary>Adds a code to a promotion that was added.</summary>
    /// <returns>False if the promotion has it already.</returns>
    public bool TryAdd(StoreContext context, PromotionIdentity promotion, T code)
    {
        Group group = _groups[(context, promotion.PromotionId)];
        if (!group.Texts.Add(_text(code)))
        {
            return false;
        }

        group.Codes.Add(code);
        return true;
    }

    private sealed record Group(StoreContext Context, PromotionIdentity Promotion, List<T> Codes, HashSet<string> Texts);
}

using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>All promotions of a store as they were at one time. Immutable.</summary>
internal sealed class PromotionSnapshot
{
    private readonly Dictionary<string, Promotion> _byId;

    // Built when they are needed: while many promotions are written, each of them makes a new snapshot.
    private readonly Lazy<ILookup<string, Promotion>> _byName;

    private readonly Lazy<ILookup<string, Promotion>> _byFileName;

    /// <summary>By what is before an underscore in the file name.</summary>
    private readonly Lazy<ILookup<string, Promotion>> _byFileNameStart;

    /// <summary>A snapshot.</summary>
    /// <param name="byId">The promotions by their ids, case ignored. Nobody may change it afterwards.</param>
    /// <param name="time">When they were read.</param>
    public PromotionSnapshot(Dictionary<string, Promotion> byId, DateTimeOffset time)
    {
        Time = time;
        _byId = byId;
        _byName = new(() => _byId.Values.ToLookup(promotion => Key(promotion.Name), StringComparer.OrdinalIgnoreCase));
        _byFileName = new(() => _byId.Values.ToLookup(promotion => promotion.FileName, StringComparer.OrdinalIgnoreCase));
        _byFileNameStart = new(() => _byFileName.Value
            .SelectMany(named => StartsOf(named.Key).SelectMany(start => named.Select(promotion => (start, promotion))))
            .ToLookup(pair => pair.start, pair => pair.promotion, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>When it was read.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>All promotions.</summary>
    public IReadOnlyList<Promotion> All => [.. _byId.Values];

    /// <summary>The names of all promotions.</summary>
    public IEnumerable<string> Names => _byId.Values.Select(promotion => promotion.Name).Where(name => name.Length > 0);

    /// <summary>Whether it has what commands decide by as <paramref name="promotion"/> has it.</summary>
    public bool Shows(Promotion promotion) => FindById(promotion.PromotionId) is { } shown
        && (shown.Name, shown.Enabled, shown.Automatic, shown.Priority)
            == (promotion.Name, promotion.Enabled, promotion.Automatic, promotion.Priority);

    /// <summary>The same with <paramref name="promotion"/> as it is now.</summary>
    public PromotionSnapshot With(Promotion promotion) => Changed(promotions => promotions[promotion.PromotionId] = promotion);

    /// <summary>The same without a promotion.</summary>
    public PromotionSnapshot Without(string promotionId) => Changed(promotions => promotions.Remove(promotionId));

    /// <summary>The promotion with an id, or null.</summary>
    public Promotion? FindById(string promotionId) => _byId.TryGetValue(promotionId, out Promotion? promotion) ? promotion : null;

    /// <summary>The promotions with a name; case and Unicode forms are ignored.</summary>
    public IReadOnlyList<Promotion> FindByName(string name) => [.. _byName.Value[Key(name)]];

    /// <summary>
    /// Whether another promotion's name gives the same file name, or one of the two continues the other after an underscore: with a run or job
    /// after another underscore, both can be the same. <c>Summer</c> with the run <c>Sale_1</c> is <c>Summer_Sale</c> with the run <c>1</c>.
    /// </summary>
    public bool IsFileNameShared(Promotion promotion) => _byFileName.Value[promotion.FileName]
        .Concat(_byFileNameStart.Value[promotion.FileName])
        .Concat(StartsOf(promotion.FileName).SelectMany(start => _byFileName.Value[start]))
        .Any(other => other.PromotionId != promotion.PromotionId);

    private PromotionSnapshot Changed(Action<Dictionary<string, Promotion>> change)
    {
        Dictionary<string, Promotion> promotions = new(_byId, StringComparer.OrdinalIgnoreCase);
        change(promotions);
        return new(promotions, Time);
    }

    private static IEnumerable<string> StartsOf(string fileName)
    {
        for (int end = fileName.IndexOf('_'); end >= 0; end = fileName.IndexOf('_', end + 1))
        {
            yield return fileName.Substring(0, end);
        }
    }

    private static string Key(string name) => NormalizedText.Of(name.Trim());
}

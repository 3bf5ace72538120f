namespace EpPromo.PowerShell;

/// <summary>
/// What waits for the end of the input, because until then another promotion may turn up for the same file. On the pipeline thread.
/// </summary>
internal sealed class HeldBack
{
    private readonly List<(string PromotionId, Action Begin)> _held = [];

    /// <summary>Holds work for a promotion back.</summary>
    public void Add(string promotionId, Action begin) => _held.Add((promotionId, begin));

    /// <summary>Gives all of it up and says for which promotions.</summary>
    public void Refuse(Action<string> tell)
    {
        (string PromotionId, Action)[] refused = [.. _held];
        _held.Clear();
        foreach ((string promotionId, _) in refused)
        {
            tell(promotionId);
        }
    }

    /// <summary>Begins all of it.</summary>
    public void Begin()
    {
        foreach ((_, Action begin) in _held)
        {
            begin();
        }
    }
}

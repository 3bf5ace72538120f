using EpPromo.Time;

namespace EpPromo.Codes.Changes;

/// <summary>The codes of lost requests to add them: whether they were added is found out when the list must show it.</summary>
internal sealed class AddVerification
{
    private readonly ICodeApi _api;
    private readonly string _promotionId;
    private readonly Func<DateTimeOffset> _startedAt;
    private readonly Dictionary<string, NewCode> _codes = new(CodeComparer.Instance);
    private readonly HashSet<string> _lost = new(CodeComparer.Instance);

    /// <summary>No codes so far.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="startedAt">When the addition started, by the store's clock: codes that are older existed before.</param>
    public AddVerification(ICodeApi api, string promotionId, Func<DateTimeOffset> startedAt)
    {
        _api = api;
        _promotionId = promotionId;
        _startedAt = startedAt;
    }

    /// <summary>How many codes are to be verified.</summary>
    public int Count => _codes.Count;

    /// <summary>Whether there are codes to verify.</summary>
    public bool IsPending => _codes.Count > 0;

    /// <summary>A request for these codes was lost.</summary>
    public void Add(IEnumerable<NewCode> codes)
    {
        foreach (NewCode code in codes)
        {
            _codes[code.Text] = code;
            _lost.Add(code.Text);
        }
    }

    /// <summary>Whether the code is to be verified.</summary>
    public bool Contains(NewCode code) => _codes.ContainsKey(code.Text);

    /// <summary>Whether a request for the code was lost, verified since or not: then a duplicate may be the code that it has added.</summary>
    public bool WasLost(NewCode code) => _lost.Contains(code.Text);

    /// <summary>Finds out which of the codes were added. Afterwards there are none to verify.</summary>
    /// <exception cref="EpPromoException">The codes cannot be read.</exception>
    public async Task<VerifiedCodes> VerifyAsync(CancellationToken cancellationToken)
    {
        NewCode[] codes = [.. _codes.Values];
        Dictionary<string, PromotionCode> found =
            await new CodeSetFinder(_api, _promotionId).FindAsync(codes.Select(code => code.Text), cancellationToken);
        _codes.Clear();
        DateTimeOffset oldest = _startedAt() - ServerClock.Tolerance;
        List<PromotionCode> added = [];
        List<NewCode> existing = [];
        List<NewCode> missing = [];
        foreach (NewCode code in codes)
        {
            if (!found.TryGetValue(code.Text, out PromotionCode? known))
            {
                missing.Add(code);
            }
            else if ((known.CreatedAt is null || known.CreatedAt >= oldest) && HasTerms(known, code))
            {
                added.Add(known);
            }
            else
            {
                existing.Add(code);
            }
        }

        return new VerifiedCodes(added, existing, missing);
    }

    /// <summary>Whether a code has the terms that were requested; if not, another client has added it at the same time.</summary>
    private static bool HasTerms(PromotionCode known, NewCode requested) =>
        (requested.MaxUses is null || requested.MaxUses == (known.MaxUses ?? known.Uses))
        && (requested.MaxUsesPerShopper is null || requested.MaxUsesPerShopper == known.MaxUsesPerShopper)
        && (requested.User is null || string.Equals(requested.User, known.User, StringComparison.OrdinalIgnoreCase))
        && (requested.ConsumeUnit is null || known.ConsumeUnit is null || requested.ConsumeUnit == known.ConsumeUnit);
}

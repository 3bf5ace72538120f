using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// Finds codes of a promotion by their text or by how they start, ignoring case. Neither the order of the list nor whether filters ignore case
/// is documented (api-contract.md section 8), so what is searched for is also tried in capital letters and in small ones.
/// </summary>
internal sealed class CodeFinder
{
    private readonly ICodeApi _api;
    private readonly string _promotionId;

    /// <summary>A finder of codes of a promotion.</summary>
    public CodeFinder(ICodeApi api, string promotionId)
    {
        _api = api;
        _promotionId = promotionId;
    }

    /// <summary>The code with a text, or null if the promotion does not have it.</summary>
    /// <exception cref="EpPromoException">The codes cannot be read.</exception>
    public async Task<PromotionCode?> FindAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string variant in Variants(text))
            {
                if (await _api.FindCodeAsync(_promotionId, variant, cancellationToken) is { } code)
                {
                    return code;
                }
            }

            return null;
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
        {
            return await FindInListAsync(text, cancellationToken);
        }
    }

    /// <summary>Lists the codes that start with a text.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="process">Processes a code and returns whether to continue.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to the end.</exception>
    public async Task FindByPrefixAsync(string prefix, Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        string wanted = NormalizedText.Of(prefix);
        HashSet<string> found = new(StringComparer.Ordinal);
        bool isEnough = false;

        // The list begins after this text, so a code of just this text is not in it.
        if (await FindAsync(wanted, cancellationToken) is { } whole)
        {
            await AddAsync(whole);
        }

        // How a dash sorts is not documented either, so the search starts before a dash at the end (JobCodeFinder).
        string start = wanted.TrimEnd('-');
        CodeLister lister = new(_api, _promotionId);
        foreach (string variant in Variants(start))
        {
            if (isEnough)
            {
                return;
            }

            bool isFirst = variant == start;
            if (start.Length == 0 || !await lister.TryListAfterAsync(variant, code => ProcessAsync(code, isFirst), cancellationToken))
            {
                await lister.ListAllAsync(AddAsync, cancellationToken);
                return;
            }
        }

        // If the store ignores case, the other variants show the same codes again.
        async Task<bool> ProcessAsync(PromotionCode code, bool isFirst) =>
            JobCodeFinder.HasPrefix(code, start) && (isFirst || !found.Contains(code.Text)) && await AddAsync(code);

        async Task<bool> AddAsync(PromotionCode code)
        {
            if (!isEnough && JobCodeFinder.HasPrefix(code, wanted) && found.Add(code.Text))
            {
                isEnough = !await process(code);
            }

            return !isEnough;
        }
    }

    /// <summary>The text as it is, and in the cases that a store may compare it in.</summary>
    internal static IEnumerable<string> Variants(string text) =>
        new[] { text, text.ToUpperInvariant(), text.ToLowerInvariant() }.Distinct(StringComparer.Ordinal);

    private async Task<PromotionCode?> FindInListAsync(string text, CancellationToken cancellationToken)
    {
        PromotionCode? found = null;
        await new CodeLister(_api, _promotionId).ListAllAsync(
            code =>
            {
                found = CodeComparer.Instance.Equals(code.Text, text) ? code : null;
                return Task.FromResult(found is null);
            },
            cancellationToken);
        return found;
    }
}

using System.Globalization;
using System.Management.Automation;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes promotions: <c>-Promotion summ⇥</c> becomes the name, which people can read. The tooltip has the id and the dates.</summary>
internal class PromotionCompleter : StoreCompleter<Promotion>
{
    /// <summary>Whether the parameter can take the promotion.</summary>
    private protected virtual bool IsOffered(Promotion promotion) => true;

    /// <summary>The text that is completed for a promotion; null if it has none.</summary>
    /// <param name="promotion">The promotion.</param>
    /// <param name="isNameUnique">Whether its name can mean no other promotion, as far as is known.</param>
    private protected virtual string? TextFor(Promotion promotion, bool isNameUnique) =>
        isNameUnique && promotion.Name.Trim().Length > 0 ? ArgumentText.Of(promotion.Name) : promotion.PromotionId;

    /// <summary>
    /// The store can search names. It cannot search for the beginning of an id, so for a word that may be one, the whole list is read, after
    /// the names.
    /// </summary>
    private protected sealed override async Task SearchAsync(CompletionQuery query, List<Promotion> found, CancellationToken cancellationToken)
    {
        string word = query.Word;
        DateTimeOffset now = query.Section.Store.Clock.UtcNow;
        PromotionCache cache = PromotionCache.Of(query.Section);
        if (cache.Find(word, now) is { } known)
        {
            found.AddRange(known.Where(IsMatch));
            return;
        }

        HashSet<string> ids = [];
        int offered = 0;
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PromotionFinder search = new(query.Api.Promotions);
        await search.FindAsync(word.Length == 0 ? null : $"*{word}*", TakeAsync, enough.Token);
        if (word.Length > 0 && word.All(c => c == '-' || Uri.IsHexDigit(c)))
        {
            await search.FindAsync(null, TakeAsync, enough.Token);
        }

        cache.Keep(word, [.. found], now);

        bool IsMatch(Promotion promotion) =>
            query.Matches(promotion.Name) || promotion.PromotionId.StartsWith(word, StringComparison.OrdinalIgnoreCase);

        Task TakeAsync(Promotion promotion)
        {
            if (IsMatch(promotion) && ids.Add(promotion.PromotionId))
            {
                found.Add(promotion);
                if (IsOffered(promotion) && ++offered == MaxSuggestions)
                {
                    // Do not request the next page.
                    enough.Cancel();
                }
            }

            return Task.CompletedTask;
        }
    }

    private protected sealed override IEnumerable<CompletionResult> ResultsOf(CompletionQuery query, IReadOnlyList<Promotion> found)
    {
        ILookup<string, Promotion> byName = found.ToLookup(promotion => Key(promotion.Name), StringComparer.OrdinalIgnoreCase);
        return
            from promotion in found
            where IsOffered(promotion)
            orderby promotion.Name.ToUpperInvariant()
            let text = TextFor(promotion, byName[Key(promotion.Name)].Count() == 1)
            where text is not null
            select new CompletionResult(
                text, promotion.Name.Length == 0 ? promotion.PromotionId : promotion.Name, CompletionResultType.ParameterValue, Describe(promotion));
    }

    private static string Key(string name) => NormalizedText.Of(name.Trim());

    private static string Describe(Promotion promotion) => string.Join(
        ", ",
        new[]
        {
            promotion.Name.Length == 0 ? null : promotion.Name,
            promotion.PromotionId,
            Date(SR.DetailFromDate, promotion.Start),
            Date(SR.DetailToDate, promotion.End),
            promotion.Enabled ? null : SR.DetailDisabled,
            promotion.Automatic ? SR.DetailAutomatic : null,
        }.OfType<string>());

    private static string? Date(string format, DateTimeOffset? date) =>
        date is { } known ? string.Format(CultureInfo.InvariantCulture, format, known.ToString("d", CultureInfo.CurrentCulture)) : null;
}

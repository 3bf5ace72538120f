using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Filters;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Lists;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Codes;

/// <summary>The operations on a promotion's codes (contract section 6).</summary>
internal sealed class CodeOperations(StoreState state)
{
    /// <summary>A page of a promotion's codes, each with the number of times it was used, and the total of all pages.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="query">The page, the filter and the order.</param>
    /// <param name="lag">How far in the past the returned state is.</param>
    /// <exception cref="ErrorResponseException">404.</exception>
    public (IReadOnlyList<(SandboxCode Code, int TimesUsed)> Page, int Total) List(
        string promotionId, ListQuery query, TimeSpan lag) => state.Execute(now =>
    {
        PromotionState promotion = FindUpToDate(promotionId, now);
        IEnumerable<SandboxCode> codes = Select(promotion.Codes, query, out int? knownTotal);
        if (lag > TimeSpan.Zero)
        {
            codes = codes.Where(code => code.CreatedAt <= now - lag);
            knownTotal = null;
        }

        int total = knownTotal ?? codes.Count();
        IEnumerable<SandboxCode> page = codes.Skip(query.Offset).Take(query.Limit);
        return ((IReadOnlyList<(SandboxCode, int)>)[.. page.Select(code => (code, promotion.TimesUsed(code)))], total);
    });

    /// <exception cref="ErrorResponseException">404.</exception>
    public SandboxCode[] All(string promotionId) => state.Execute(now => FindUpToDate(promotionId, now).Codes.ToArray());

    /// <summary>Adds all of the codes or none.</summary>
    /// <returns>The added codes, and those codes that other promotions have too.</returns>
    /// <exception cref="ErrorResponseException">404; 422 No codes allowed, Duplicate code, codes limit exceeded.</exception>
    public (IReadOnlyList<SandboxCode> Added, IReadOnlyList<string> InOtherPromotions) Add(
        string promotionId, IReadOnlyList<(string Code, CodeTerms Terms)> codes) => state.Execute(now =>
    {
        PromotionState promotion = FindUpToDate(promotionId, now);
        if (promotion.Resource.Automatic)
        {
            throw ErrorResponses.NoCodesAllowed();
        }

        var inRequest = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (codes.Any(item => !inRequest.Add(item.Code) || promotion.Codes.Contains(item.Code)))
        {
            throw ErrorResponses.DuplicateCode();
        }

        // The contract mentions the limit only for jobs. It is a limit of the promotion, so it applies here too.
        if (promotion.Codes.Count + codes.Count > promotion.CodesLimit)
        {
            throw ErrorResponses.Unprocessable("codes limit exceeded");
        }

        SandboxCode[] added =
            [.. codes.Select(item => new SandboxCode(state.NewCodeId(item.Code), item.Code, item.Terms, null, now))];
        foreach (SandboxCode code in added)
        {
            promotion.Codes.TryAdd(code);
        }

        string[] inOtherPromotions =
        [
            .. codes.Select(item => item.Code)
                .Where(code => state.Promotions.Exists(other => other != promotion && other.Codes.Contains(code))),
        ];
        return ((IReadOnlyList<SandboxCode>)added, (IReadOnlyList<string>)inOtherPromotions);
    });

    /// <summary>Deletes codes and returns their number; codes that do not exist are ignored.</summary>
    /// <exception cref="ErrorResponseException">404: the promotion does not exist.</exception>
    public int Delete(string promotionId, IEnumerable<string> codes) => state.Execute(now =>
    {
        var toDelete = codes.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return FindUpToDate(promotionId, now).Codes.Remove(code => toDelete.Contains(code.Code));
    });

    /// <summary>Deletes a code by its id or its text; one of Promotions Standard by its text only (contract section 7).</summary>
    /// <exception cref="ErrorResponseException">404: the promotion or the code does not exist.</exception>
    public int Delete(string promotionId, string idOrText) => state.Execute(now =>
    {
        PromotionState promotion = FindUpToDate(promotionId, now);
        CodeIndex codes = promotion.Codes;
        SandboxCode? found = promotion.Variant.IsStandard ? codes.Find(idOrText) : codes.FindByIdOrText(idOrText);
        SandboxCode toDelete = found ?? throw ErrorResponses.NotFound("Code");
        return codes.Remove(code => code.Id == toDelete.Id);
    });

    // A running job has made some of its codes by now.
    private PromotionState FindUpToDate(string promotionId, DateTimeOffset now)
    {
        PromotionState promotion = state.Find(promotionId);
        foreach (JobState job in promotion.UnfinishedJobs)
        {
            state.Scheduler.GenerateDueCodes(job, now);
        }

        return promotion;
    }

    // The total is null if it takes a walk over the codes to know it.
    private static IEnumerable<SandboxCode> Select(CodeIndex codes, ListQuery query, out int? knownTotal)
    {
        FilterTerm? equal = query.Filter.FirstOrDefault(term => term.Operator == "eq");
        FilterTerm? after = query.Filter.FirstOrDefault(term => term.Operator == "gt");
        bool hasOtherTerms = query.Filter.Count != (after is null ? 0 : 1);
        if (equal is not null)
        {
            knownTotal = null;
            return codes.Find(equal.Value) is { } found && query.Filter.All(term => term.MatchesIgnoringCase(found.Code)) ? [found] : [];
        }

        if (query.Sort is null && after is null)
        {
            knownTotal = codes.Count;
            return codes.Created;
        }

        ArraySegment<SandboxCode> sorted = codes.SortedAfter(after?.Value);
        knownTotal = hasOtherTerms ? null : sorted.Count;
        IEnumerable<SandboxCode> ordered = query.Sort switch
        {
            "code" => sorted,
            "-code" => InReverse(sorted),
            _ => codes.Created.Where(code => after is null || after.MatchesIgnoringCase(code.Code)),
        };
        return hasOtherTerms ? ordered.Where(code => query.Filter.All(term => term.MatchesIgnoringCase(code.Code))) : ordered;
    }

    private static IEnumerable<SandboxCode> InReverse(ArraySegment<SandboxCode> codes)
    {
        for (int i = codes.Count - 1; i >= 0; i--)
        {
            yield return codes[i];
        }
    }
}

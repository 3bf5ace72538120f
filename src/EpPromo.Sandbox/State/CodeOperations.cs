using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>What can be done with single codes (contract section 6).</summary>
internal sealed class CodeOperations(StoreState state)
{
    /// <summary>A page of a promotion's codes, each with how often it has been used, and how many there are in all.</summary>
    public (IReadOnlyList<(SandboxCode Code, int TimesUsed)> Page, int Total) List(string promotionId, Query query, TimeSpan lag) => state.Do(now =>
    {
        PromotionState promotion = Current(promotionId, now);
        IEnumerable<SandboxCode> codes = Select(promotion.Codes, query, out int? counted);
        if (lag > TimeSpan.Zero)
        {
            codes = codes.Where(code => code.CreatedAt <= now - lag);
            counted = null;
        }

        int total = counted ?? codes.Count();
        IEnumerable<SandboxCode> page = codes.Skip(query.Offset).Take(query.Limit);
        return ((IReadOnlyList<(SandboxCode, int)>)[.. page.Select(code => (code, promotion.TimesUsed(code)))], total);
    });

    public SandboxCode[] All(string promotionId) => state.Do(now => Current(promotionId, now).Codes.ToArray());

    /// <summary>Adds codes, all or none.</summary>
    /// <returns>The codes, and those of them that other promotions have too.</returns>
    /// <exception cref="ApiError">404; 422 No codes allowed, Duplicate code, codes limit exceeded.</exception>
    public (IReadOnlyList<SandboxCode> Added, IReadOnlyList<string> Elsewhere) Add(
        string promotionId, IReadOnlyList<(string Code, CodeTerms Terms)> wanted) => state.Do(now =>
    {
        PromotionState promotion = Current(promotionId, now);
        if (promotion.Resource.Automatic)
        {
            throw ApiError.NoCodesAllowed();
        }

        var inRequest = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (wanted.Any(one => !inRequest.Add(one.Code) || promotion.Codes.Contains(one.Code)))
        {
            throw ApiError.DuplicateCode();
        }

        // The contract speaks of the limit only for jobs; it is the promotion's, so it holds here as well.
        if (promotion.Codes.Count + wanted.Count > promotion.CodesLimit)
        {
            throw ApiError.Unprocessable("codes limit exceeded");
        }

        SandboxCode[] added = [.. wanted.Select(one => new SandboxCode(state.NewCodeId(one.Code), one.Code, one.Terms, null, now))];
        foreach (SandboxCode code in added)
        {
            promotion.Codes.TryAdd(code);
        }

        string[] elsewhere =
        [
            .. wanted.Select(one => one.Code)
                .Where(code => state.Promotions.Exists(other => other != promotion && other.Codes.Contains(code))),
        ];
        return ((IReadOnlyList<SandboxCode>)added, (IReadOnlyList<string>)elsewhere);
    });

    /// <summary>Deletes codes; those that are not there are gone already.</summary>
    /// <exception cref="ApiError">404.</exception>
    public int Delete(string promotionId, IEnumerable<string> codes) => state.Do(now =>
    {
        var unwanted = codes.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Current(promotionId, now).Codes.Remove(code => unwanted.Contains(code.Code));
    });

    /// <summary>Deletes a code by its id or its text.</summary>
    /// <exception cref="ApiError">404.</exception>
    public int Delete(string promotionId, string name) => state.Do(now =>
    {
        CodeBook codes = Current(promotionId, now).Codes;
        SandboxCode unwanted = codes.FindByIdOrText(name) ?? throw ApiError.NotFound("Code");
        return codes.Remove(code => code.Id == unwanted.Id);
    });

    // The job at work has made some of its codes by now.
    private PromotionState Current(string promotionId, DateTimeOffset now)
    {
        PromotionState promotion = state.Find(promotionId);
        foreach (JobState job in promotion.Unfinished)
        {
            state.Scheduler.Progress(job, now);
        }

        return promotion;
    }

    private static IEnumerable<SandboxCode> Select(CodeBook codes, Query query, out int? counted)
    {
        FilterTerm? equal = query.Filter.FirstOrDefault(term => term.Operator == "eq");
        FilterTerm? after = query.Filter.FirstOrDefault(term => term.Operator == "gt");
        bool plain = query.Filter.Count == (after is null ? 0 : 1);
        if (equal is not null)
        {
            counted = null;
            return codes.Find(equal.Value) is { } found && query.Filter.All(term => term.MatchesAnyCase(found.Code)) ? [found] : [];
        }

        if (query.Sort is null && after is null)
        {
            counted = codes.Count;
            return codes.Made;
        }

        ArraySegment<SandboxCode> sorted = codes.SortedAfter(after?.Value);
        counted = plain ? sorted.Count : null;
        IEnumerable<SandboxCode> ordered = query.Sort switch
        {
            "code" => sorted,
            "-code" => Backwards(sorted),
            _ => codes.Made.Where(code => after is null || after.MatchesAnyCase(code.Code)),
        };
        return plain ? ordered : ordered.Where(code => query.Filter.All(term => term.MatchesAnyCase(code.Code)));
    }

    private static IEnumerable<SandboxCode> Backwards(ArraySegment<SandboxCode> codes)
    {
        for (int i = codes.Count - 1; i >= 0; i--)
        {
            yield return codes[i];
        }
    }
}

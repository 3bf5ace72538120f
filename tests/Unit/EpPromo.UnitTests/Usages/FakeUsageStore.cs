using EpPromo.Api;
using EpPromo.Usages;

namespace EpPromo.UnitTests.Usages;

/// <summary>A store with usages of one promotion, which keeps to the limits of lists.</summary>
internal sealed class FakeUsageStore : StubUsageApi
{
    private const int PageSize = 100;

    /// <summary>The usages, in the order of the list.</summary>
    public List<PromotionUsage> Usages { get; } = [];

    /// <summary>Whether pages report the number of all usages.</summary>
    public bool ReportsTotal { get; init; } = true;

    /// <summary>Whether the list returns all usages, whatever the filter is.</summary>
    public bool IgnoresFilters { get; init; }

    /// <summary>Whether the filter distinguishes upper and lower case.</summary>
    public bool IsCaseSensitive { get; init; }

    /// <summary>Whether a filter is an error.</summary>
    public bool RejectsFilters { get; init; }

    /// <summary>Whether the error for an unknown usage lists the ids.</summary>
    public bool ListsUnknownIds { get; init; } = true;

    /// <summary>Whether a request with an unknown usage anonymizes the others.</summary>
    public bool AnonymizesDespiteUnknown { get; init; }

    /// <summary>The ids of each request to anonymize.</summary>
    public List<IReadOnlyList<string>> Batches { get; } = [];

    /// <summary>How many pages were requested of the promotion, and of single codes.</summary>
    public (int OfPromotion, int OfCodes) Pages { get; private set; }

    public static PromotionUsage Usage(int number, string code = "SAVE10", DateTimeOffset? usedOn = null) =>
        new() { UsageId = $"u{number}", PromotionId = "p1", Code = code, CodeId = $"id-{code}", UsedOn = usedOn, CustomerEmail = $"c{number}@example.com" };

    public override Task<Page<PromotionUsage>> ListUsagesAsync(
        string promotionId, UsageSelection selection, int offset, CancellationToken cancellationToken)
    {
        Pages = (Pages.OfPromotion + 1, Pages.OfCodes);
        return Task.FromResult(PageOf(Usages, selection, offset));
    }

    public override Task<Page<PromotionUsage>> ListUsagesOfCodeAsync(
        string promotionId, string codeId, UsageSelection selection, int offset, CancellationToken cancellationToken)
    {
        Pages = (Pages.OfPromotion, Pages.OfCodes + 1);
        PromotionUsage[] ofCode = [.. Usages.Where(usage => usage.CodeId == codeId)];
        return ofCode.Length == 0
            ? throw new ApiException(ErrorKind.NotFound, nameof(SR.NotFound), new ApiError { StatusCode = 404 }, "404")
            : Task.FromResult(PageOf(ofCode, selection, offset));
    }

    public override Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken)
    {
        Batches.Add(usageIds);
        string[] unknown = [.. usageIds.Where(id => Usages.TrueForAll(usage => usage.UsageId != id))];
        if (unknown.Length == 0 || AnonymizesDespiteUnknown)
        {
            for (int i = 0; i < Usages.Count; i++)
            {
                Usages[i] = usageIds.Contains(Usages[i].UsageId) ? new(Usages[i]) { Anonymized = true, CustomerEmail = "**" } : Usages[i];
            }
        }

        ApiError error = new() { StatusCode = 404, Title = "Not Found", UsageIds = ListsUnknownIds ? unknown : [] };
        return unknown.Length > 0
            ? throw new ApiException(ErrorKind.NotFound, nameof(SR.NotFound), error, "404 Not Found")
            : Task.FromResult<IReadOnlyList<PromotionUsage>>([.. Usages.Where(usage => usageIds.Contains(usage.UsageId))]);
    }

    private Page<PromotionUsage> PageOf(IEnumerable<PromotionUsage> usages, UsageSelection selection, int offset)
    {
        if (RejectsFilters && !selection.IsAll)
        {
            throw new ApiException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), new ApiError { StatusCode = 400 }, "400");
        }

        Assert.InRange(offset, 0, Paging.MaxOffset);
        List<PromotionUsage> found = [.. usages.Where(usage => IgnoresFilters || (selection.Matches(usage) && (!IsCaseSensitive || selection.Code is null || selection.Code == usage.Code)))];
        return new Page<PromotionUsage>(
            [.. found.Skip(offset).Take(PageSize)], offset, PageSize, ReportsTotal ? found.Count : null, offset);
    }
}

namespace EpPromo.UnitTests.Domain;

/// <summary>A store that has codes and nothing else, ten a page.</summary>
internal sealed class CodeList : StubApi
{
    private const int PageSize = 10;

    private readonly StringComparer _order;
    private readonly SortedDictionary<string, PromotionCode> _codes;

    /// <summary>How a store sorts codes is not said (api-contract.md section 8): by default without their case.</summary>
    public CodeList(StringComparer? order = null)
    {
        _order = order ?? StringComparer.OrdinalIgnoreCase;
        _codes = new SortedDictionary<string, PromotionCode>(_order);
    }

    public int Reads { get; private set; }

    public IEnumerable<string> Texts => _codes.Keys;

    /// <summary>Adds a code that was made so many minutes after the start.</summary>
    public void Add(string text, double? minutes) => _codes.Add(
        text,
        new PromotionCode { PromotionId = "p", Code = text, CreatedAt = minutes is { } some ? RunJobs.Start.AddMinutes(some) : null });

    public override Task<Page<PromotionCode>> ListCodesAsync(string promotionId, string? after, CancellationToken cancellationToken)
    {
        Reads++;
        List<PromotionCode> rest = [.. _codes.Values.Where(code => _order.Compare(code.Code, after) > 0)];
        return Task.FromResult(new Page<PromotionCode>([.. rest.Take(PageSize)], 0, PageSize, rest.Count));
    }

    public override Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        foreach (string code in codes)
        {
            _codes.Remove(code);
        }

        return Task.CompletedTask;
    }
}

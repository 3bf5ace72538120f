using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>A store that has only codes, ten on a page.</summary>
internal sealed class CodeList : StubApi
{
    private const int PageSize = 10;

    private readonly StringComparer _order;
    private readonly SortedDictionary<string, PromotionCode> _codes;

    /// <summary>The contract does not say how a store sorts codes (api-contract.md section 8). The default ignores case.</summary>
    public CodeList(StringComparer? order = null)
    {
        _order = order ?? StringComparer.OrdinalIgnoreCase;
        _codes = new SortedDictionary<string, PromotionCode>(_order);
    }

    public int Reads { get; private set; }

    /// <summary>Which codes it accepts in a filter.</summary>
    public Func<string, bool> Takes { get; init; } = _ => true;

    /// <summary>Whether it returns its first page for every request.</summary>
    public bool IgnoresQuery { get; init; }

    public IEnumerable<string> Texts => _codes.Keys;

    /// <summary>Adds a code that was created so many minutes after the start.</summary>
    public void Add(string text, double? minutes) => _codes.Add(
        text,
        new PromotionCode(new ListedCode { PromotionId = "p", Code = text, CreatedAt = minutes is { } some ? Runs.RunJobs.Start.AddMinutes(some) : null }));

    public override Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken)
    {
        Reads++;
        if (after is not null && !Takes(after))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), after);
        }

        List<PromotionCode> rest = [.. _codes.Values.Where(code => IgnoresQuery || _order.Compare(code.Code, after) > 0)];
        return Task.FromResult(
            new Page<PromotionCode>([.. rest.Skip(IgnoresQuery ? 0 : offset).Take(PageSize)], offset, PageSize, rest.Count));
    }

    public override Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken)
    {
        Reads++;
        return !Takes(code)
            ? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), code)
            : Task.FromResult(_codes.GetValueOrDefault(code));
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

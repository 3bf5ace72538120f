using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>A store that codes are added to, and whose responses and lists go wrong as a test says.</summary>
internal sealed class AddingStore(FakeClock clock) : StubApi
{
    private int _lists;

    public Dictionary<string, DateTimeOffset> Existing { get; } = [];

    public List<string> StillListed { get; } = [];

    public Func<int, Func<AddedCodes>, AddedCodes> OnAdd { get; set; } = (_, apply) => apply();

    public Func<string, bool> IsBad { get; set; } = _ => false;

    public Func<IEnumerable<PromotionCode>, IEnumerable<PromotionCode>> Echo { get; set; } = codes => codes;

    public bool IsListBroken { get; set; }

    /// <summary>Whether the list, read so many times, shows nothing that was added.</summary>
    public Func<int, bool> IsListLagging { get; set; } = _ => false;

    public int Adds => Sizes.Count;

    public List<int> Sizes { get; } = [];

    /// <summary>The error of a request that the store rejects.</summary>
    public static ApiException Refused() => Make(nameof(SR.RequestRefused), "Bad Request");

    /// <summary>The error of a request with a code that exists.</summary>
    public static ApiException Duplicate() => Make(nameof(SR.DuplicateCode), "Duplicate code");

    public override Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken)
    {
        Sizes.Add(codes.Count);
        return Task.FromResult(OnAdd(Adds, () =>
        {
            if (codes.Any(code => IsBad(code.Text)))
            {
                throw Refused();
            }

            if (codes.Any(code => Existing.ContainsKey(code.Text)))
            {
                throw Duplicate();
            }

            foreach (NewCode code in codes)
            {
                Existing.Add(code.Text, clock.UtcNow);
            }

            return new AddedCodes([.. Echo(codes.Select(code => new PromotionCode(new ListedCode { Code = code.Text })))], []);
        }));
    }

    public override Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken)
    {
        if (IsListBroken)
        {
            throw new EpPromoException(ErrorKind.Unavailable, nameof(SR.StoreUnavailable), "store", "gone");
        }

        PromotionCode[] listed =
        [
            .. Existing.Select(pair => new PromotionCode(new ListedCode { Code = pair.Key, CreatedAt = pair.Value })),
            .. StillListed.Select(code => new PromotionCode(new ListedCode { Code = code })),
        ];
        return Task.FromResult(new Page<PromotionCode>(IsListLagging(++_lists) ? [] : listed, 0, 100_000, listed.Length));
    }

    private static ApiException Make(string id, string title) =>
        new(ErrorKind.Refused, id, new ApiError { StatusCode = 422, Title = title }, title, "p");
}

using EpPromo.Api;
using EpPromo.Text;
using Flurl;

namespace EpPromo.Http.Requests;

/// <summary>The URLs of the API (api-contract.md sections 2, 5, 6 and 7), all below the store's base URL.</summary>
internal sealed class ApiAddress
{
    /// <summary>The API's maximum page length (api-contract.md section 3).</summary>
    public const int PageLength = 100;

    private readonly Uri _base;
    private readonly string _promotions;

    /// <summary>The URLs for promotions of one kind.</summary>
    public ApiAddress(Uri baseUri, PromotionKind kind = PromotionKind.Rule)
    {
        _base = baseUri;
        _promotions = kind == PromotionKind.Standard ? "promotions" : "rule-promotions";
    }

    public Url Token() => Root().AppendPathSegments("oauth", "access_token");

    public Url Promotions() => Root().AppendPathSegments("v2", _promotions);

    public Url Promotion(string promotionId) => Promotions().AppendPathSegment(Identifier.Checked(promotionId), true);

    public Url Codes(string promotionId) => Promotion(promotionId).AppendPathSegment("codes");

    public Url Usages(string promotionId) => Promotion(promotionId).AppendPathSegment("usages");

    /// <summary>A code is part of the path, so only its id can be: a text may contain anything.</summary>
    public Url UsagesOfCode(string promotionId, string codeId) =>
        Codes(promotionId).AppendPathSegment(Identifier.Checked(codeId), true).AppendPathSegment("usages");

    public Url AnonymizeUsages() => Promotions().AppendPathSegments("usages", "anonymize");

    public Url Jobs(string promotionId) => Promotion(promotionId).AppendPathSegment("jobs");

    public Url Cancel(string promotionId, string jobId) => Job(promotionId, jobId).AppendPathSegment("cancel");

    public Url JobFile(string promotionId, string jobId) => Job(promotionId, jobId).AppendPathSegment("file");

    /// <summary>The address below the base URL, unescaped, as users see it.</summary>
    public string Show(Url url)
    {
        string whole = url.ToString();
        string root = Root().ToString().TrimEnd('/') + "/";
        string relative = whole.StartsWith(root, StringComparison.Ordinal) ? whole.Substring(root.Length) : whole;
        return DisplayText.Clean(Uri.UnescapeDataString(relative));
    }

    /// <summary>A page of a list by offset. <c>links.next</c> is never followed (api-contract.md section 5, List).</summary>
    public static Url Paged(Url list, int offset, string? filter = null)
    {
        if (filter is not null)
        {
            list = list.SetQueryParam("filter", filter);
        }

        return list.SetQueryParam("page[limit]", PageLength).SetQueryParam("page[offset]", offset);
    }

    private Url Job(string promotionId, string jobId) => Jobs(promotionId).AppendPathSegment(Identifier.Checked(jobId), true);

    private Url Root() => new(_base.AbsoluteUri);
}

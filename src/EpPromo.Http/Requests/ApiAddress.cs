using EpPromo.Api;
using EpPromo.Text;
using Flurl;

namespace EpPromo.Http.Requests;

/// <summary>
/// The URLs of the API (api-contract.md sections 2, 5, 6 and 7), all below the store's base URL. Ids are checked, so that they need no
/// escaping.
/// </summary>
internal sealed class ApiAddress
{
    /// <summary>The API's maximum page length (api-contract.md section 3).</summary>
    public const int PageLength = 100;

    private readonly string _root;
    private readonly string _promotions;

    /// <summary>The URLs for promotions of one kind.</summary>
    public ApiAddress(Uri baseUri, PromotionKind kind = PromotionKind.Rule)
    {
        _root = baseUri.AbsoluteUri.TrimEnd('/') + "/";
        _promotions = _root + (kind == PromotionKind.Standard ? "v2/promotions" : "v2/rule-promotions");
    }

    public string Token() => _root + "oauth/access_token";

    public string Promotions() => _promotions;

    public string Promotion(string promotionId) => $"{_promotions}/{Identifier.Checked(promotionId)}";

    public string Codes(string promotionId) => Promotion(promotionId) + "/codes";

    public string Usages(string promotionId) => Promotion(promotionId) + "/usages";

    /// <summary>A code is part of the path, so only its id can be: a text may contain anything.</summary>
    public string UsagesOfCode(string promotionId, string codeId) => $"{Codes(promotionId)}/{Identifier.Checked(codeId)}/usages";

    public string AnonymizeUsages() => _promotions + "/usages/anonymize";

    public string Jobs(string promotionId) => Promotion(promotionId) + "/jobs";

    public string Cancel(string promotionId, string jobId) => Job(promotionId, jobId) + "/cancel";

    public string JobFile(string promotionId, string jobId) => Job(promotionId, jobId) + "/file";

    /// <summary>The address below the base URL, unescaped, as users see it.</summary>
    public string Show(string url)
    {
        string relative = url.StartsWith(_root, StringComparison.Ordinal) ? url.Substring(_root.Length) : url;
        return DisplayText.Clean(Uri.UnescapeDataString(relative));
    }

    /// <summary>A page of a list by offset. <c>links.next</c> is never followed (api-contract.md section 5, List).</summary>
    public static string Paged(Url list, int offset, string? filter = null)
    {
        if (filter is not null)
        {
            list = list.SetQueryParam("filter", filter);
        }

        return list.SetQueryParam("page[limit]", PageLength).SetQueryParam("page[offset]", offset);
    }

    private string Job(string promotionId, string jobId) => $"{Jobs(promotionId)}/{Identifier.Checked(jobId)}";
}

using System.Text.RegularExpressions;
using EpPromo.Text;

namespace EpPromo.Stores;

/// <summary>The addresses of stores (api-contract.md section 1).</summary>
internal static class StoreAddress
{
    /// <summary>
    /// A path of the API (api-contract.md sections 2, 5, 6 and 7) at the end of an address: someone has copied the address of a request. A
    /// gateway may have a v2 of its own earlier in the path.
    /// </summary>
    private static readonly Regex s_apiPath = new(
        "/(v2|v2/(rule-)?promotions(/.*)?|oauth(/access_token)?)/$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The base URL of US East.</summary>
    public static readonly Uri UsEast = new("https://useast.api.elasticpath.com/");

    /// <summary>The base URL of EU West.</summary>
    public static readonly Uri EuWest = new("https://euwest.api.elasticpath.com/");

    /// <summary>
    /// Reads <paramref name="text"/> as a base URL: https, or http to this machine, without user info, query or fragment. It may have a path,
    /// for a store behind a gateway, but not one of the API. A missing scheme means https.
    /// </summary>
    /// <exception cref="EpPromoException">It is not such a URL.</exception>
    public static Uri Parse(string text)
    {
        string withScheme = text.Contains("://") ? text : "https://" + text;
        if (!Uri.TryCreate(withScheme.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri)
            || HostName.Of(uri) is null || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadBaseUri));
        }

        Match apiPath = s_apiPath.Match(uri.AbsolutePath);
        if (apiPath.Success)
        {
            string address = uri.AbsoluteUri.Substring(0, uri.AbsoluteUri.Length - apiPath.Length + 1);
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BaseUriHasApiPath), DisplayText.Short(apiPath.Value.Trim('/'), 100), address);
        }

        return uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback
            ? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.HttpsOnly), uri.Host)
            : uri;
    }
}

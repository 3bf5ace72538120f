namespace EpPromo;

/// <summary>Where stores are (api-contract.md section 1).</summary>
public static class StoreAddress
{
    /// <summary>The base URL of US East.</summary>
    public static readonly Uri UsEast = new("https://useast.api.elasticpath.com/");

    /// <summary>The base URL of EU West.</summary>
    public static readonly Uri EuWest = new("https://euwest.api.elasticpath.com/");

    /// <summary>
    /// Makes <paramref name="text"/> a base URL: https, or http to this very machine, no user info, query or fragment. A path is
    /// kept, for a store behind a gateway. A missing scheme is https.
    /// </summary>
    /// <exception cref="EpPromoException">It is not such a URL.</exception>
    public static Uri Parse(string text)
    {
        string withScheme = text.Contains("://") ? text : "https://" + text;
        if (!Uri.TryCreate(withScheme.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri)
            || HostName.Of(uri) is null || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            throw new EpPromoException(ErrorKind.BadInput, nameof(SR.BadBaseUri));
        }

        return uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback
            ? throw new EpPromoException(ErrorKind.BadInput, nameof(SR.HttpsOnly), uri.Host)
            : uri;
    }
}

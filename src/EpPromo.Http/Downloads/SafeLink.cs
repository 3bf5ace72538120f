using EpPromo.Stores;

namespace EpPromo.Http.Downloads;

/// <summary>
/// Decides which links to files are fetched (docs/guarantees.md). They come from the API and lie on other hosts, so they are held
/// to the same rules as a store's own address: https, no user info; http only from this machine to this machine.
/// </summary>
internal static class SafeLink
{
    /// <summary>The link as a URI.</summary>
    /// <exception cref="EpPromoException">It is not one that may be fetched. The link itself is a secret, so it is not shown.</exception>
    public static Uri Parse(string href, Uri store) =>
        Uri.TryCreate(href, UriKind.Absolute, out Uri? link)
        && HostName.Of(link) is not null
        && link.UserInfo.Length == 0
        && (link.Scheme == Uri.UriSchemeHttps || (link.Scheme == Uri.UriSchemeHttp && link.IsLoopback && IsLocal(store)))
            ? link
            : throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.UnexpectedResponse), "GET file", SR.DetailUnsafeFileLink);

    private static bool IsLocal(Uri store) => store.Scheme == Uri.UriSchemeHttp && store.IsLoopback;
}

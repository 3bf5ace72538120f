using EpPromo.Stores;

namespace EpPromo.Http.Downloads;

/// <summary>
/// Decides which file links are fetched (docs/guarantees.md). They come from the API and point to other hosts, so they must follow the
/// same rules as a store's own address: https and no user info; http only from the local machine to itself.
/// </summary>
internal static class FileLink
{
    /// <summary>The link as a URI.</summary>
    /// <exception cref="EpPromoException">The link must not be fetched. It is a secret, so the message does not show it.</exception>
    public static Uri Parse(string href, Uri store) =>
        Uri.TryCreate(href, UriKind.Absolute, out Uri? link)
        && HostName.Of(link) is not null
        && link.UserInfo.Length == 0
        && (link.Scheme == Uri.UriSchemeHttps || (link.Scheme == Uri.UriSchemeHttp && link.IsLoopback && IsLocal(store)))
            ? link
            : throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.UnexpectedResponse), "GET file", SR.DetailUnsafeFileLink);

    private static bool IsLocal(Uri store) => store.Scheme == Uri.UriSchemeHttp && store.IsLoopback;
}

using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EpPromo.Http.Transport;

/// <summary>What to do about a connection that could not be made, where its cause is known.</summary>
internal static class TransportAdvice
{
    /// <summary>The advice as a sentence in parentheses; null if the cause says nothing about what to do.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="target">Where the request was to go.</param>
    public static string? For(Exception e, Uri target) =>
        target.IsLoopback && target.Scheme == Uri.UriSchemeHttps && TransportCause.IsTls(e) ? SR.DetailPlainHttpHint
        : Any(e, IsProxy) ? SR.DetailProxyHint
        : Any(e, IsName) ? SR.DetailHostNameHint
        : Any(e, IsTrust) ? SR.DetailTlsHint
        : null;

    /// <summary>.NET says 407 in the text only.</summary>
    private static bool IsProxy(Exception e) => e
        is WebException { Status: WebExceptionStatus.ProxyNameResolutionFailure }
        or WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } }
        || (e is HttpRequestException && e.Message.Contains("'407'"));

    private static bool IsName(Exception e) => e
        is WebException { Status: WebExceptionStatus.NameResolutionFailure }
        or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain };

    private static bool IsTrust(Exception e) => e
        is AuthenticationException
        or WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure };

    private static bool Any(Exception? e, Func<Exception, bool> test) => e is not null && (test(e) || Any(e.InnerException, test));
}

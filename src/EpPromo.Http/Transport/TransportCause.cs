using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EpPromo.Http;

/// <summary>
/// Reads the exceptions of the layers below. Flurl's keep the request with its bearer header and a WebException its response, so
/// none of them is passed on: only the innermost system exception is, which knows of no request.
/// </summary>
internal static class TransportCause
{
    private const int MaxTextLength = 300;

    /// <summary>Whether <paramref name="e"/> is what a request can fail with, as opposed to an error in this program.</summary>
    public static bool IsTransport(Exception e) =>
        !IsMissingLibrary(e)
        && e is Flurl.Http.FlurlHttpException or HttpRequestException or WebException or IOException or SocketException
            or OperationCanceledException or ObjectDisposedException or InvalidDataException;

    /// <summary>Whether an assembly could not be loaded: an IOException too, but no request of ours deals with files.</summary>
    private static bool IsMissingLibrary(Exception e) => e is FileNotFoundException or FileLoadException;

    /// <summary>What happened, in words that hold no secret.</summary>
    public static string Describe(Exception e, SecretMask mask) =>
        DisplayText.Short(mask.Hide((OfSystem(e) ?? Plain(e))?.Message ?? e.GetType().Name), MaxTextLength);

    /// <summary>The innermost exception when it is one that can be shown, else null: the network's quote lines that they could not read.</summary>
    public static Exception? Safe(Exception e, SecretMask mask) =>
        OfSystem(e) is { } cause && mask.Hide(cause.ToString()) == cause.ToString() ? cause : null;

    /// <summary>
    /// Whether the exception alone says that no connection was made: .NET wraps what happens while connecting directly, and what
    /// happens later in an IOException; .NET Framework has a status for it. Anything else proves nothing.
    /// </summary>
    public static bool IsNeverConnected(Exception e)
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (at is HttpRequestException { InnerException: SocketException or AuthenticationException }
                or WebException
                {
                    Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure
                        or WebExceptionStatus.ConnectFailure or WebExceptionStatus.SecureChannelFailure
                        or WebExceptionStatus.TrustFailure,
                })
            {
                return true;
            }
        }

        return false;
    }

    private static Exception? OfSystem(Exception e)
    {
        Exception innermost = e.GetBaseException();
        return innermost is SocketException or AuthenticationException or IOException or InvalidDataException or TimeoutException
            ? innermost
            : null;
    }

    private static Exception? Plain(Exception e) =>
        e is HttpRequestException or WebException ? e
        : e.InnerException is { } inner ? Plain(inner)
        : null;
}

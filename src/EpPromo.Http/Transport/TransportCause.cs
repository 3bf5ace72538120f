using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using EpPromo.Text;

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
        DisplayText.Short(Hide((OfSystem(e) ?? Plain(e))?.Message ?? e.GetType().Name, mask), MaxTextLength);

    /// <summary>The innermost exception when it is one that can be shown, else null: the network's quote lines that they could not read.</summary>
    public static Exception? Safe(Exception e, SecretMask mask) =>
        OfSystem(e) is { } cause && cause.Data.Count == 0 && Hide(cause.ToString(), mask) == cause.ToString() ? cause : null;

    /// <summary>
    /// Whether the host was reached and perhaps TLS could not be agreed on with it. A host without TLS that just closes the connection looks
    /// like one that closes it later.
    /// </summary>
    public static bool IsTls(Exception e)
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (at is AuthenticationException
                or HttpRequestException { InnerException: IOException }
                or WebException { Status: WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure })
            {
                return true;
            }
        }

        return false;
    }

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
        return innermost is Win32Exception or AuthenticationException or CryptographicException or IOException or InvalidDataException
            or TimeoutException
            ? innermost
            : null;
    }

    private static string Hide(string text, SecretMask mask) => SecretMask.HideUserInfo(mask.Hide(text));

    private static Exception? Plain(Exception e) =>
        e is HttpRequestException or WebException ? e
        : e.InnerException is { } inner ? Plain(inner)
        : null;
}

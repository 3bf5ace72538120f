using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using EpPromo.Http.Secrets;
using EpPromo.Text;

namespace EpPromo.Http.Transport;

/// <summary>
/// Explains the exceptions of the layers below. Those of Flurl hold the request with its bearer header, and a WebException holds its
/// response, so none of them is passed on: only the innermost system exception, which holds no request.
/// </summary>
internal static class TransportCause
{
    private const int MaxTextLength = 300;

    /// <summary>Whether <paramref name="e"/> is a failure of the network, and not an error in this program.</summary>
    public static bool IsTransport(Exception e) =>
        !IsMissingLibrary(e)
        && e is Flurl.Http.FlurlHttpException or HttpRequestException or WebException or IOException or SocketException
            or OperationCanceledException or ObjectDisposedException or InvalidDataException;

    /// <summary>Whether an assembly could not be loaded. That is an IOException, too, but no request reads files.</summary>
    private static bool IsMissingLibrary(Exception e) => e is FileNotFoundException or FileLoadException;

    /// <summary>What happened, and what to do about it if that is known, as a text without secrets.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="target">Where the request was to go.</param>
    /// <param name="redactor">Removes the secrets.</param>
    public static string Describe(Exception e, Uri target, SecretRedactor redactor)
    {
        string text = DisplayText.Short(Redact((OfSystem(e) ?? Plain(e))?.Message ?? e.GetType().Name, redactor), MaxTextLength);
        return TransportAdvice.For(e, target) is { } advice ? $"{text} {advice}" : text;
    }

    /// <summary>
    /// The innermost exception; null if it may hold a secret, because exceptions of the network quote header lines that they cannot read.
    /// </summary>
    public static Exception? Safe(Exception e, SecretRedactor redactor) =>
        OfSystem(e) is { } cause && cause.Data.Count == 0 && Redact(cause.ToString(), redactor) == cause.ToString() ? cause : null;

    /// <summary>
    /// Whether the host was reached and TLS may have failed. A host without TLS that simply closes the connection looks the same as one that
    /// closes it later.
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
    /// Whether the exception alone proves that no connection was made. .NET wraps errors of connecting directly, and later ones in an
    /// IOException. .NET Framework has statuses for it. Anything else proves nothing.
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

    private static string Redact(string text, SecretRedactor redactor) => SecretRedactor.RemoveUserInfo(redactor.Redact(text));

    /// <summary>
    /// The innermost exception that says something about the network. .NET Framework explains in a WebException why the HttpRequestException
    /// around it says no more than that sending has failed.
    /// </summary>
    private static Exception? Plain(Exception e) =>
        (e.InnerException is { } inner ? Plain(inner) : null) ?? (e is HttpRequestException or WebException ? e : null);
}

using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using EpPromo.Http.Secrets;
using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>A connection that cannot be made is explained by its innermost cause, on .NET and as .NET Framework reports it.</summary>
public sealed class TransportCauseTests
{
    private static readonly Uri s_store = new("https://shop.example");

    /// <summary>What HttpClient says on .NET Framework, whatever has happened.</summary>
    private const string Outer = "An error occurred while sending the request.";

    [Fact]
    public void A_host_name_that_does_not_resolve()
    {
        const string text = "The remote name could not be resolved: 'shop.example'";
        Exception onFramework = new HttpRequestException(Outer, new WebException(text, WebExceptionStatus.NameResolutionFailure));
        Exception onNet = new HttpRequestException("outer", new SocketException((int)SocketError.HostNotFound));

        Assert.Equal($"{text} {SR.DetailHostNameHint}", Describe(onFramework));
        Assert.EndsWith(SR.DetailHostNameHint, Describe(onNet), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_not_trusted()
    {
        const string text = "The remote certificate is invalid according to the validation procedure.";
        AuthenticationException cause = new(text);
        Exception onFramework = new HttpRequestException(
            Outer, new WebException("The underlying connection was closed.", cause, WebExceptionStatus.TrustFailure, null));

        Assert.Equal($"{text} {SR.DetailTlsHint}", Describe(onFramework));
        Assert.Equal($"{text} {SR.DetailTlsHint}", Describe(new HttpRequestException("The SSL connection could not be established.", cause)));
    }

    [Fact]
    public void Versions_of_TLS_that_do_not_match()
    {
        const string text = "The request was aborted: Could not create SSL/TLS secure channel.";

        Assert.Equal(
            $"{text} {SR.DetailTlsHint}",
            Describe(new HttpRequestException(Outer, new WebException(text, WebExceptionStatus.SecureChannelFailure))));
    }

    [Fact]
    public void A_proxy_that_is_not_found_or_requires_credentials()
    {
        const string notFound = "The proxy name could not be resolved: 'proxy.example'";
        const string refused = "The proxy tunnel request to proxy 'http://proxy.example/' failed with status code '407'.";

        Assert.Equal(
            $"{notFound} {SR.DetailProxyHint}",
            Describe(new HttpRequestException(Outer, new WebException(notFound, WebExceptionStatus.ProxyNameResolutionFailure))));
        Assert.Equal($"{refused} {SR.DetailProxyHint}", Describe(new HttpRequestException(refused)));
    }

    [Fact]
    public void Another_cause_gets_no_advice() => Assert.Equal(
        "The server committed a protocol violation.",
        Describe(new HttpRequestException(Outer, new WebException("The server committed a protocol violation."))));

    private static string Describe(Exception e) => TransportCause.Describe(e, s_store, new SecretRedactor("secret"));
}

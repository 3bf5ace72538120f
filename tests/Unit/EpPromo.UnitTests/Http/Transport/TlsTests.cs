using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>TLS: which versions are offered, and what is said when it fails.</summary>
public sealed class TlsTests
{
    /// <summary>TLS 1.0, which is not to be named in code.</summary>
    private const int OldTls = 192;

    [Theory]
    [InlineData(false, SecurityProtocolType.Tls12, SslProtocols.None)]
    [InlineData(true, SecurityProtocolType.SystemDefault, SslProtocols.None)]
    [InlineData(true, SecurityProtocolType.Tls12, SslProtocols.Tls12)]
    [InlineData(true, SecurityProtocolType.Tls13, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(true, (SecurityProtocolType)OldTls, SslProtocols.Tls12)]
    public void The_handler_offers_what_a_store_takes(bool onFramework, SecurityProtocolType process, SslProtocols offered) =>
        Assert.Equal(offered, HttpClients.TlsOf(onFramework, process));

    [Fact]
    public async Task A_store_changes_nothing_for_the_process()
    {
#pragma warning disable SYSLIB0014 // That is where it is kept.
        SecurityProtocolType before = ServicePointManager.SecurityProtocol;
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri);
        await store.Connection.VerifyAsync(store, TestStore.Cancel);

        Assert.Equal(before, ServicePointManager.SecurityProtocol);
#pragma warning restore SYSLIB0014
    }

    [Fact]
    public async Task A_certificate_that_is_refused_is_said_so()
    {
        using X509Certificate2 certificate = SelfSigned();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, certificate);

        EpPromoException error = await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        listener.Stop();
        await serving;

        Assert.Equal("StoreUnavailable", error.ErrorId);
        Assert.Contains("certificate", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("inner exception", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_without_TLS_on_this_machine_is_told_of_http(bool answers)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = AnswerAsync(listener, answers ? "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : []);

        EpPromoException error = await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        listener.Stop();
        await serving;

        Assert.Equal("StoreUnavailable", error.ErrorId);
        Assert.Contains("http://", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_handshake_that_is_refused_is_told_by_its_innermost_cause()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();

        // A TLS 1.2 record with the fatal alert handshake_failure (RFC 5246, section 7.2).
        Task serving = AnswerAsync(listener, [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);

        EpPromoException error = await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        listener.Stop();
        await serving;

        Assert.Equal("StoreUnavailable", error.ErrorId);
        Assert.NotNull(error.InnerException);
        Assert.Null(error.InnerException.InnerException);
        Assert.DoesNotContain("inner exception", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_host_that_nobody_knows_is_said_so()
    {
        using TestStore store = new(new Uri("https://no-such-store.invalid/"), accessToken: TestStore.Bearer);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal("StoreUnavailable", error.ErrorId);
        Assert.IsType<SocketException>(error.InnerException);
        Assert.Contains(error.InnerException.Message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", error.Message, StringComparison.Ordinal);
    }

    private static async Task<EpPromoException> ConnectAsync(int port)
    {
        using TestStore store = new(new Uri($"https://127.0.0.1:{port}/"), accessToken: TestStore.Bearer);
        return await Assert.ThrowsAsync<EpPromoException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));
    }

    private static async Task AnswerAsync(TcpListener listener, byte[] answer)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                _ = await client.GetStream().ReadAsync(new byte[4096]);
                await client.GetStream().WriteAsync(answer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await using SslStream tls = new(client.GetStream());
                try
                {
                    await tls.AuthenticateAsServerAsync(certificate);
                    _ = await tls.ReadAsync(new byte[1]);
                }
                catch (Exception e) when (e is IOException or AuthenticationException)
                {
                    // The client does not like the certificate.
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

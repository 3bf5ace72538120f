using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>TLS: which versions are offered, and what an error says when it fails.</summary>
public sealed class TlsTests
{
    /// <summary>TLS 1.0. Analyzers reject its name in code.</summary>
    private const int OldTls = 192;

    [Theory]
    [InlineData(false, SecurityProtocolType.Tls12, SslProtocols.None)]
    [InlineData(true, SecurityProtocolType.SystemDefault, SslProtocols.None)]
    [InlineData(true, SecurityProtocolType.Tls12, SslProtocols.Tls12)]
    [InlineData(true, SecurityProtocolType.Tls13, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(true, (SecurityProtocolType)OldTls, SslProtocols.Tls12)]
    public void The_handler_offers_TLS_1_2_or_newer_or_what_the_system_decides(bool onFramework, SecurityProtocolType process, SslProtocols offered) =>
        Assert.Equal(offered, HttpClients.TlsOf(onFramework, process));

    [Fact]
    public async Task A_connection_does_not_change_the_TLS_versions_of_the_process()
    {
#pragma warning disable SYSLIB0014 // The obsolete class holds the setting.
        SecurityProtocolType before = ServicePointManager.SecurityProtocol;
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri);
        await store.Connection.VerifyAsync(store, TestStore.Cancel);

        Assert.Equal(before, ServicePointManager.SecurityProtocol);
#pragma warning restore SYSLIB0014
    }

    [Fact]
    public async Task A_rejected_certificate_is_named_in_the_error()
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
    public async Task The_error_for_a_local_store_without_TLS_suggests_http(bool responds)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = RespondAsync(listener, responds ? "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : []);

        EpPromoException error = await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        listener.Stop();
        await serving;

        Assert.Equal("StoreUnavailable", error.ErrorId);
        Assert.Contains("http://", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refused_handshake_is_reported_with_its_innermost_cause()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();

        // A TLS 1.2 record with the fatal alert handshake_failure (RFC 5246, section 7.2).
        Task serving = RespondAsync(listener, [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);

        EpPromoException error = await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        listener.Stop();
        await serving;

        Assert.Equal("StoreUnavailable", error.ErrorId);
        Assert.NotNull(error.InnerException);
        Assert.Null(error.InnerException.InnerException);
        Assert.DoesNotContain("inner exception", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_host_is_reported_with_its_cause()
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

    private static async Task RespondAsync(TcpListener listener, byte[] response)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                _ = await client.GetStream().ReadAsync(new byte[4096]);
                await client.GetStream().WriteAsync(response);
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
                    // The client rejects the certificate.
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
        using X509Certificate2 created = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pfx), null);
    }
}

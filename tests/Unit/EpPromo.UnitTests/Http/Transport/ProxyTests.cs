using System.Collections;
using System.Net;
using EpPromo.Http;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>A proxy, whose address may hold a password that must not be shown.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("bob:hunter2")]
    [InlineData("bob:hunt%20er2")]
    [InlineData("bob:hunt%40er2")]
    [InlineData("bob:hunt'er2")]
    public async Task The_user_info_of_a_proxy_appears_in_no_error_and_no_line(string userInfo)
    {
        await using ScriptedOrigin proxy = new(_ => Reply.Empty(407, "Proxy-Authenticate: Basic realm=\"x\""));
        StoreOptions options = new()
        {
            BaseUri = new Uri("https://store.example/"),
            Credential = StoreCredential.FromAccessToken(TestStore.Secret(TestStore.Bearer)),
            RetryDelay = TimeSpan.Zero,
        };
        using TestStore lines = new(options.BaseUri);
        ProxyClients clients = new(new Uri($"http://{userInfo}@{proxy.BaseUri.Authority}/"));
        using StoreConnection connection = new(options, new SystemClock(), new SystemRandom(), clients);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => connection.Open(lines).Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel));

        Assert.Contains("407", error.Message, StringComparison.Ordinal);
        Assert.Contains($"http://{proxy.BaseUri.Authority}/", error.Message, StringComparison.Ordinal);
        List<string> shown = [.. lines.Lines];
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            shown.Add(at.ToString());
            shown.AddRange(at.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"));
        }

        Assert.All(shown, text => Assert.DoesNotContain("bob", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(shown, text => Assert.DoesNotContain("er2", text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_proxy_gets_the_credentials_of_the_session()
    {
        using HttpClientHandler handler = new ProxyClients(new Uri("http://proxy.example/")).CreatedHandler;

        Assert.Same(CredentialCache.DefaultCredentials, handler.DefaultProxyCredentials);
    }

    private sealed class ProxyClients(Uri address) : HttpClients
    {
        public HttpClientHandler CreatedHandler => (HttpClientHandler)NewHandler(DecompressionMethods.None);

        protected override HttpMessageHandler NewHandler(DecompressionMethods decompression)
        {
            HttpClientHandler handler = (HttpClientHandler)base.NewHandler(decompression);
            handler.Proxy = new WebProxy(address);
            handler.UseProxy = true;
            return handler;
        }
    }
}

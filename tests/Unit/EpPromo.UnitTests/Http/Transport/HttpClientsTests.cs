using System.Net;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using Flurl.Http;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>The HTTP clients follow no redirects, keep no cookies, and do not use the process-wide configuration of Flurl.</summary>
public sealed class HttpClientsTests
{
    private static StoreCredential Credential => StoreCredential.FromAccessToken(TestStore.Secret(TestStore.Bearer));

    /// <remarks>
    /// By default, both Flurl and the handler below it follow redirects. The origin would respond to a second request with a page.
    /// </remarks>
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_even_on_the_stores_own_origin(int status)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(request => request.Path.EndsWith("/elsewhere", StringComparison.Ordinal)
            ? Reply.Ok(Samples.OneJobPage)
            : Reply.Empty(status, "Location: /v2/elsewhere")));
        using TestStore store = new(origin.BaseUri);

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(
            () => store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel));

        Assert.Equal("UnexpectedResponse", error.ErrorId);
        Assert.DoesNotContain(origin.Requests, request => request.Path.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public void Neither_Flurl_nor_the_handler_follows_redirects()
    {
        RecordingClients clients = new();
        using FlurlClient api = clients.ForApi(new() { BaseUri = new("https://store.example/"), Credential = Credential });
        using HttpClient downloads = clients.ForDownloads(new() { BaseUri = new("https://store.example/"), Credential = Credential });

        Assert.False(api.Settings.Redirects.Enabled);
        Assert.Equal(2, clients.Handlers.Count);
        Assert.All(clients.Handlers, handler => Assert.False(handler.AllowAutoRedirect));
    }

    /// <remarks>
    /// Another module may configure defaults, or clients for the very same URL. Its event handlers must not see our requests.
    /// </remarks>
    [Fact]
    public async Task Process_wide_configuration_of_Flurl_sees_no_request()
    {
        int seen = 0;
        void Spy(Flurl.Http.Configuration.IFlurlClientBuilder client) => client
            .BeforeCall(_ => seen++)
            .AfterCall(_ => seen++)
            .OnError(_ => seen++)
            .OnRedirect(_ => seen++);
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Reset));
        FlurlHttp.Clients.WithDefaults(Spy);
        Spy(FlurlHttp.ConfigureClientForUrl(origin.BaseUri.AbsoluteUri));
        FlurlHttp.UseClientCachingStrategy(_ => $"{seen++}");
        try
        {
            using TestStore store = new(origin.BaseUri);
            await Assert.ThrowsAsync<EpPromoException>(() => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel));
        }
        finally
        {
            FlurlHttp.UseClientPerHostStrategy();
            FlurlHttp.Clients.Clear();
        }

        Assert.Equal(0, seen);
        Assert.NotEmpty(origin.Calls);
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Json(200, Samples.OneJobPage, "Set-Cookie: id=1; Path=/")));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);
        await store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);

        Assert.Equal(2, origin.Calls.Count);
        Assert.All(origin.Calls, call => Assert.DoesNotContain("Cookie", call.Headers.Keys));
    }

    private sealed class RecordingClients : HttpClients
    {
        public List<HttpClientHandler> Handlers { get; } = [];

        protected override HttpMessageHandler NewHandler(DecompressionMethods decompression)
        {
            Handlers.Add((HttpClientHandler)base.NewHandler(decompression));
            return Handlers[^1];
        }
    }
}

using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>A running sandbox in virtual time, and a plain HTTP client for it: deliberately not the module's own client.</summary>
internal sealed class SandboxUnderTest : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    private SandboxUnderTest(SandboxServer server, SignalingTimeProvider time)
    {
        Server = server;
        Time = time;
        _http.BaseAddress = server.BaseUri;
    }

    public SandboxServer Server { get; }

    public SignalingTimeProvider Time { get; }

    public SandboxStore Store => Server.Store;

    /// <summary>Starts an empty sandbox without a rate limit, and gets a token from it.</summary>
    /// <param name="change">Changes the options.</param>
    public static async Task<SandboxUnderTest> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var time = new SignalingTimeProvider();
        var options = new SandboxOptions { IncludeSeedData = false, TimeProvider = time, RequestsPerSecond = 0 };
        SandboxServer server = await SandboxServer.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        var sandbox = new SandboxUnderTest(server, time);
        await sandbox.AuthorizeAsync();
        return sandbox;
    }

    /// <summary>Gets a token and uses it for the requests that follow.</summary>
    public async Task AuthorizeAsync()
    {
        SandboxResponse response = await TokenAsync("client_credentials", Server.Options.ClientSecret);
        JsonNode token = response.Json["data"] ?? response.Json;
        UseToken((string?)token["access_token"]);
    }

    public Task<SandboxResponse> TokenAsync(string grantType, string secret) => SendAsync(new HttpRequestMessage(HttpMethod.Post, "oauth/access_token")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = grantType,
            ["client_id"] = Server.Options.ClientId,
            ["client_secret"] = secret,
        }),
    });

    public void UseToken(string? token) =>
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

    public Task<SandboxResponse> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<SandboxResponse> PostAsync(string path, string? json, string type = "application/json") =>
        SendAsync(HttpMethod.Post, path, json, type);

    public Task<SandboxResponse> SendAsync(HttpMethod method, string path, string? json, string type = "application/json") =>
        SendAsync(new HttpRequestMessage(method, path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, type),
        });

    public async Task<SandboxResponse> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new SandboxResponse(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers,
            response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Sends text that no HTTP library would send, and returns everything received until the connection closes.</summary>
    public async Task<string> SendRawAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.BaseUri.Host, Server.BaseUri.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Returns the response as soon as its headers have arrived.</summary>
    public Task<HttpResponseMessage> GetStreamedAsync(string path) =>
        _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    /// <summary>Fetches a link as a browser would: without the bearer token.</summary>
    public Task<SandboxResponse> DownloadAsync(string href)
    {
        var anonymous = new HttpRequestMessage(HttpMethod.Get, href);
        AuthenticationHeaderValue? bearer = _http.DefaultRequestHeaders.Authorization;
        _http.DefaultRequestHeaders.Authorization = null;
        try
        {
            return SendAsync(anonymous);
        }
        finally
        {
            _http.DefaultRequestHeaders.Authorization = bearer;
        }
    }

    public static string JobsPath(string promotionId) => $"v2/rule-promotions/{promotionId}/jobs";

    public Task<SandboxResponse> GenerateAsync(string promotionId, int codes = 10, string prefix = "summer", int length = 8) =>
        PostAsync(JobsPath(promotionId), GenerateBody(codes, prefix, length));

    public Task<SandboxResponse> ExportAsync(string promotionId) =>
        PostAsync(JobsPath(promotionId), """{"data":{"type":"promotion_job","job_type":"code_export"}}""");

    /// <summary>Adds a promotion with completed exports, created a second apart.</summary>
    /// <param name="count">How many exports.</param>
    public string AddPromotionWithJobs(int count)
    {
        string promotion = Store.AddPromotion("Summer").Id;
        for (int i = 0; i < count; i++)
        {
            Store.AddJob(promotion, new JobSpec { JobType = JobSpec.Export });
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        return promotion;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    private static string GenerateBody(int codes, string prefix, int length) => $$$"""
        {"data":{"type":"promotion_job","job_type":"code_generate","name":"a batch","parameters":{"number_of_codes":{{{codes}}},
         "max_uses_per_code":1,"consume_unit":"per_checkout","code_prefix":"{{{prefix}}}","code_length":{{{length}}} } }}
        """;
}

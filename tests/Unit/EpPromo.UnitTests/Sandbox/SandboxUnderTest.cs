using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>A running sandbox in virtual time, and the bare means to talk to it: on purpose not the module's own client.</summary>
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

    public static async Task<SandboxUnderTest> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var time = new SignalingTimeProvider();
        var options = new SandboxOptions { IncludeSeedData = false, TimeProvider = time, RequestsPerSecond = 0 };
        SandboxServer server = await SandboxServer.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        var sandbox = new SandboxUnderTest(server, time);
        await sandbox.AuthorizeAsync();
        return sandbox;
    }

    public async Task AuthorizeAsync()
    {
        Answer answer = await TokenAsync("client_credentials", Server.Options.ClientSecret);
        JsonNode token = answer.Json["data"] ?? answer.Json;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token["access_token"]);
    }

    public Task<Answer> TokenAsync(string grantType, string secret) => SendAsync(new HttpRequestMessage(HttpMethod.Post, "oauth/access_token")
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

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> PostAsync(string path, string? json, string type = "application/json") =>
        SendAsync(HttpMethod.Post, path, json, type);

    public Task<Answer> SendAsync(HttpMethod method, string path, string? json, string type = "application/json") =>
        SendAsync(new HttpRequestMessage(method, path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, type),
        });

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers,
            response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Sends text that no HTTP library would send, and reads what comes until the connection ends.</summary>
    public async Task<string> SpeakAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Server.BaseUri.Host, Server.BaseUri.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Gives back an answer as soon as its headers are here.</summary>
    public Task<HttpResponseMessage> StreamAsync(string path) =>
        _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    /// <summary>Fetches a link as a browser would: without the bearer token.</summary>
    public Task<Answer> DownloadAsync(string href)
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

    public static string Jobs(string promotionId) => $"v2/rule-promotions/{promotionId}/jobs";

    public Task<Answer> GenerateAsync(string promotionId, int codes = 10, string prefix = "summer", int length = 8) =>
        PostAsync(Jobs(promotionId), GenerateBody(codes, prefix, length));

    public Task<Answer> ExportAsync(string promotionId) =>
        PostAsync(Jobs(promotionId), """{"data":{"type":"promotion_job","job_type":"code_export"}}""");

    public static string GenerateBody(int codes, string prefix = "summer", int length = 8) => $$$"""
        {"data":{"type":"promotion_job","job_type":"code_generate","name":"a batch","parameters":{"number_of_codes":{{{codes}}},
         "max_uses_per_code":1,"consume_unit":"per_checkout","code_prefix":"{{{prefix}}}","code_length":{{{length}}} } }}
        """;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? MediaType)
    {
        public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("null");

        public string Id => (string)this["data", "id"]!;

        public string JobStatus => (string)this["data", "status"]!;

        public JsonNode? this[params object[] path]
        {
            get
            {
                JsonNode? node = Json;
                foreach (object step in path)
                {
                    node = step is int index ? node?[index] : node?[(string)step];
                }

                return node;
            }
        }

        /// <summary>Holds the answer against a published error.</summary>
        public void Is(int status, string title, string? detail = null)
        {
            Assert.Equal((status, title), ((int)Status, (string?)this["errors", 0, "title"]));
            Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)this["errors", 0, "status"]);
            if (detail is not null)
            {
                Assert.Equal(detail, (string?)this["errors", 0, "detail"]);
            }
        }
    }
}

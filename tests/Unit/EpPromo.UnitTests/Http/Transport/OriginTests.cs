using System.Net;
using EpPromo.Http;
using EpPromo.Stores;
using EpPromo.Time;
using EpPromo.UnitTests.Http.Secrets;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>
/// The token goes to the origin of the store and nowhere else: not along redirects, not to links in a response. The evil origin records
/// every request that it gets.
/// </summary>
public sealed class OriginTests
{
    private static StoreCredential Credential => StoreCredential.FromAccessToken(TestStore.Secret(TestStore.Bearer));

    public static TheoryData<string> Lures =>
    [
        "redirect 301", "redirect 302", "redirect 303", "redirect 307", "redirect 308", "token redirect", "next link", "href",
        "href redirect", "href with user info", "href to a file", "href relative", "create redirect",
    ];

    [Theory]
    [MemberData(nameof(Lures))]
    public async Task The_token_reaches_no_other_origin(string lure)
    {
        await using ScriptedOrigin evil = new(_ => Reply.Text(200, "text/csv", "code\na\n"));
        await using ScriptedOrigin inner = new(_ => Reply.Empty(302, $"Location: {evil.BaseUri}stolen"));
        await using ScriptedOrigin origin = new(request => Respond(lure, request, evil.BaseUri, inner.BaseUri));
        using TestStore store = new(origin.BaseUri);
        using MemoryStream file = new();
        Exception? error = await Record.ExceptionAsync(() => lure switch
        {
            "create redirect" => store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel),
            _ when lure.StartsWith("href", StringComparison.Ordinal) => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel),
            _ => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel),
        });

        // A signed link leads to another origin, so it is fetched, but without the token. Nothing else is sent there.
        Assert.Equal(lure == "href" ? 1 : 0, evil.Requests.Count);
        Assert.All(evil.Requests.Concat(inner.Requests), request => Assert.Null(request.Authorization));
        Assert.All(
            evil.Requests.Concat(inner.Requests),
            request => Assert.DoesNotContain(TestStore.Bearer, request.Whole, StringComparison.Ordinal));
        Assert.Equal(lure is not ("next link" or "href"), error is EpPromoException);
        SecretAssert.NotIn(error, store.Lines);
    }

    [Theory]
    [InlineData("""{"href":"https://files.example/x"}""", null, "https://files.example/x")]
    [InlineData("""{"href":"http://files.example/x"}""", null, null)]
    [InlineData("""{"href":"http://store.example/x"}""", null, null)]
    [InlineData("""{"href":"http://127.0.0.1/x"}""", null, null)]
    [InlineData("{}", "http://store.example/v2", null)]
    [InlineData("{}", "//files.example/v2", null)]
    public async Task A_store_on_https_never_causes_a_request_over_http(string body, string? location, string? fetched)
    {
        HandlerClients clients = new(request =>
        {
            HttpResponseMessage response = new(location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect)
            {
                Content = new StringContent(request.RequestUri!.Host != "store.example" ? "code\na\n" : body),
            };
            response.Headers.Location = location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute);
            return response;
        });
        StoreOptions options = new()
        {
            BaseUri = new Uri("https://store.example/"),
            Credential = Credential,
            RetryDelay = TimeSpan.Zero,
        };
        using StoreConnection connection = new(options, new SystemClock(), new SystemRandom(), clients);
        using TestStore observer = new(options.BaseUri);
        using MemoryStream file = new();

        Exception? error = await Record.ExceptionAsync(
            () => connection.Open(observer).Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel));

        Assert.Equal(fetched is null, error is EpPromoException);
        Assert.All(
            clients.Requests.Where(request => request.Headers.Authorization is not null),
            request => Assert.Equal("https://store.example", request.RequestUri!.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(
            fetched is null ? [] : [fetched],
            clients.Requests.Where(request => request.Headers.Authorization is null).Select(request => request.RequestUri!.ToString()));
        Assert.NotEmpty(clients.Requests);
    }

    private static Reply Respond(string lure, RecordedRequest request, Uri evil, Uri inner)
    {
        if (request.IsToken)
        {
            return lure == "token redirect" ? Reply.Empty(307, $"Location: {evil}oauth/access_token") : Reply.Ok(Reply.TokenJson);
        }

        return lure switch
        {
            "next link" => Reply.Ok($$"""{"data":[{"id":"j1","job_type":"code_export","status":"completed"}],"links":{"next":"{{evil}}v2/next"},"meta":{"results":{"total":500} } }"""),
            "href" => Reply.Ok($$"""{"href":"{{evil}}x?Signature=signed-secret"}"""),
            "href redirect" => Reply.Ok($$"""{"href":"{{inner}}x?Signature=signed-secret"}"""),
            "href with user info" => Reply.Ok($$"""{"href":"http://a:b@{{evil.Authority}}/x?Signature=signed-secret"}"""),
            "href to a file" => Reply.Ok("""{"href":"file:///etc/hosts"}"""),
            "href relative" => Reply.Ok("""{"href":"/v2/x"}"""),
            "create redirect" => Reply.Empty(307, $"Location: {evil}stolen"),
            _ => Reply.Empty(int.Parse(lure.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), $"Location: {evil}stolen"),
        };
    }
}

using System.Collections;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EpPromo.Http;
using EpPromo.Http.Downloads;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;
using Flurl.Http;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>
/// The token goes to the store and nowhere else, and no secret gets into what people see. The evil origin writes down whatever
/// reaches it.
/// </summary>
public sealed class SecurityTests
{
    /// <summary>A token of characters that are escaped somewhere.</summary>
    private const string Escaped = "abc+def/ghi==token";

    private static readonly string[] Secrets =
    [
        TestStore.Bearer, TestStore.ClientSecret, "client%2Bsecret%2F1%3D", @"client\u002Bsecret\/1=", "signed-secret",
        Escaped, "abc%2Bdef%2Fghi%3D%3Dtoken", @"abc\u002Bdef\/ghi==token", @"abc\\u002Bdef\\/ghi==token", "def/ghi", "def%2fghi", "ghi==token",
    ];

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
        await using ScriptedOrigin origin = new(request => Answer(lure, request, evil.BaseUri, inner.BaseUri));
        using TestStore store = new(origin.BaseUri);
        using MemoryStream file = new();
        Exception? error = await Record.ExceptionAsync(() => lure switch
        {
            "create redirect" => store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel),
            _ when lure.StartsWith("href", StringComparison.Ordinal) => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel),
            _ => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel),
        });

        // A signed link is on another origin by its nature: it may be fetched, without the token. Nothing else goes there at all.
        Assert.Equal(lure == "href" ? 1 : 0, evil.Requests.Count);
        Assert.All(evil.Requests.Concat(inner.Requests), request => Assert.Null(request.Authorization));
        Assert.All(
            evil.Requests.Concat(inner.Requests),
            request => Assert.DoesNotContain(TestStore.Bearer, request.Whole, StringComparison.Ordinal));
        Assert.Equal(lure is not ("next link" or "href"), error is EpPromoException);
        AssertNoSecrets(error, store.Lines);
    }

    [Theory]
    [InlineData("""{"href":"https://files.example/x"}""", null, "https://files.example/x")]
    [InlineData("""{"href":"http://files.example/x"}""", null, null)]
    [InlineData("""{"href":"http://store.example/x"}""", null, null)]
    [InlineData("""{"href":"http://127.0.0.1/x"}""", null, null)]
    [InlineData("{}", "http://store.example/v2", null)]
    [InlineData("{}", "//files.example/v2", null)]
    public async Task A_store_on_https_leads_to_nothing_on_http(string answer, string? location, string? fetched)
    {
        HandlerClients clients = new(request =>
        {
            HttpResponseMessage response = new(location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect)
            {
                Content = new StringContent(request.RequestUri!.Host != "store.example" ? "code\na\n" : answer),
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

    [Theory]
    [InlineData("https://files.example/x?s=1", "https://api.example/", true)]
    [InlineData("http://files.example/x", "https://api.example/", false)]
    [InlineData("http://127.0.0.1:5/x", "https://api.example/", false)]
    [InlineData("http://127.0.0.1:5/x", "http://127.0.0.1:4/", true)]
    [InlineData("http://localhost:5/x", "http://127.0.0.1:4/", true)]
    [InlineData("http://files.example/x", "http://127.0.0.1:4/", false)]
    [InlineData("https://user:secret@files.example/x", "https://api.example/", false)]
    [InlineData("https://user@127.0.0.1/x", "http://127.0.0.1:4/", false)]
    [InlineData("ftp://files.example/x", "https://api.example/", false)]
    [InlineData("file:///etc/passwd", "https://api.example/", false)]
    [InlineData("//files.example/x", "https://api.example/", false)]
    [InlineData("javascript:alert(1)", "https://api.example/", false)]
    [InlineData("https:///x", "https://api.example/", false)]
    [InlineData("https://files\uFFFD.example/x", "https://api.example/", false)]
    public void Only_plain_https_links_are_fetched(string link, string store, bool fetched)
    {
        if (fetched)
        {
            Assert.Equal(link, FileLink.Parse(link, new Uri(store)).OriginalString);
        }
        else
        {
            EpPromoException unsafeLink = Assert.Throws<EpPromoException>(() => FileLink.Parse(link, new Uri(store)));
            Assert.Equal("UnexpectedResponse", unsafeLink.ErrorId);
            Assert.DoesNotContain(link, unsafeLink.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("500 that echoes")]
    [InlineData("400 that echoes")]
    [InlineData("html that echoes")]
    [InlineData("bad header line")]
    [InlineData("stalled")]
    [InlineData("login echoes")]
    [InlineData("token under an error")]
    [InlineData("refused connection")]
    public async Task No_secret_is_in_any_error_or_line(string what)
    {
        await using ScriptedOrigin origin = new(request => what switch
        {
            "login echoes" => Reply.Error(401, "No", $"bad secret {TestStore.ClientSecret}"),
            "token under an error" => Reply.Json(502, Reply.TokenJson),
            _ when request.IsToken => Reply.Ok(Reply.TokenJson),
            "reset" or "refused connection" => Reply.Reset,
            "500 that echoes" => Reply.Error(500, "Oops", $"you sent Bearer {TestStore.Bearer}"),
            "400 that echoes" => Reply.Error(400, "Oops", $"you sent Bearer {TestStore.Bearer}"),
            "html that echoes" => Reply.Html(200, $"<html>you sent Bearer {TestStore.Bearer}</html>"),
            "bad header line" => new Reply(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\u0007 nonsense\r\n\r\n"), ReplyEnd.Close),
            _ => Reply.Stalled,
        });
        using Socket nobody = ScriptedOrigin.Reserve();
        using TestStore store = new(
            what == "refused connection" ? ScriptedOrigin.UriOf(nobody) : origin.BaseUri,
            options => options with
            {
                AttemptTimeout = TimeSpan.FromMilliseconds(what == "stalled" ? 100 : 20_000),
                CallTimeout = TimeSpan.FromSeconds(1),
            });

        foreach (Func<Task> call in new Func<Task>[]
        {
            () => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel),
            () => store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel),
        })
        {
            EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(call);
            AssertNoSecrets(error, store.Lines);
            for (Exception? at = error; at is not null; at = at.InnerException)
            {
                Assert.False(at.GetType().Assembly.GetName().Name!.StartsWith("Flurl", StringComparison.Ordinal));
                Assert.DoesNotContain(at.Message, char.IsControl);
            }
        }
    }

    [Theory]
    [InlineData("token in json")]
    [InlineData("token in json in json")]
    [InlineData("token in a link")]
    [InlineData("token in a link in json")]
    [InlineData("token in small letters")]
    [InlineData("token in the reason")]
    [InlineData("token in a status line")]
    [InlineData("token in a header line")]
    [InlineData("token in a location")]
    [InlineData("token in a host")]
    [InlineData("token in a name")]
    [InlineData("client secret in json")]
    [InlineData("client secret in a form")]
    [InlineData("client secret in the reason")]
    public async Task No_secret_is_shown_in_whatever_form_it_comes_back(string what)
    {
        await using ScriptedOrigin origin = new(request => Echo(what, request));
        using TestStore store = new(origin.BaseUri);

        EpPromoException? error = (EpPromoException?)await Record.ExceptionAsync(() => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel));
        PromotionJob? job = what == "token in a name" ? await store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel) : null;

        Assert.Equal(what == "token in a name", error is null);
        AssertNoSecrets(error, [.. store.Lines, job?.Name ?? "", job?.Error ?? ""]);
        Assert.Contains(store.Lines.Append(job?.Name).Append(error?.Message), text => text?.Contains("***", StringComparison.Ordinal) == true
            || what is "token in a location" or "token in a host" or "token in a status line" or "token in a header line");
    }

    [Fact]
    public async Task Verbose_and_debug_tell_of_requests_without_their_secrets()
    {
        await using ScriptedOrigin files = new(_ => Reply.Text(200, "text/csv", "code\na\n"));
        await using ScriptedOrigin origin = new(TestStore.WithToken(request => Reply.Json(
            201,
            request.Path.EndsWith("/file", StringComparison.Ordinal) ? $$"""{"href":"{{files.BaseUri}}x?Signature=signed-secret"}""" : Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);
        using MemoryStream file = new();

        await store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel);
        await store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel);

        AssertNoSecrets(null, store.Lines);
        Assert.Contains(store.Lines, line => line.StartsWith("POST oauth/access_token -> 200 (", StringComparison.Ordinal));
        Assert.Contains(store.Lines, line => line.StartsWith("POST v2/rule-promotions/p1/jobs -> 201 (", StringComparison.Ordinal));
        Assert.Contains(store.Lines, line => line.Contains("\"number_of_codes\":100", StringComparison.Ordinal));
        Assert.Contains(store.Lines, line => line.StartsWith("GET file from 127.0.0.1 -> 200 (", StringComparison.Ordinal));
    }

    /// <remarks>Flurl and the handler below it each follow redirects by default; the origin would answer the second request with a page.</remarks>
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

    /// <remarks>Whatever another module configures for the process, by defaults or for our very URL, it must not be handed a request.</remarks>
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
    public async Task No_cookie_is_kept()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Json(200, Samples.OneJobPage, "Set-Cookie: id=1; Path=/")));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);
        await store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);

        Assert.Equal(2, origin.Calls.Count);
        Assert.All(origin.Calls, call => Assert.DoesNotContain("Cookie", call.Headers.Keys));
    }

    private static void AssertNoSecrets(Exception? error, IEnumerable<string> lines)
    {
        List<string> shown = [.. lines];
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            shown.Add(at.ToString());
            shown.AddRange(at.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"));
            shown.Add(at is EpPromoException ours ? ours.RecommendedAction : "");
        }

        Assert.All(shown, text => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    private static Reply Echo(string what, RecordedRequest request)
    {
        if (request.IsToken)
        {
            return what switch
            {
                "client secret in json" => Reply.Error(401, "No", @"bad secret client\u002Bsecret\/1="),
                "client secret in a form" => Reply.Error(401, "No", $"cannot read {request.Body}"),
                "client secret in the reason" => Raw($"401 bad secret {TestStore.ClientSecret}", "Content-Length: 0"),
                _ => Reply.Ok($$"""{"access_token":"{{Escaped}}","expires_in":3600}"""),
            };
        }

        string job = Samples.Job.Replace("bf26", Escaped, StringComparison.Ordinal);
        return what switch
        {
            "token in json" => Reply.Error(400, "No", @"bad token abc\u002bdef\/ghi\u003D=token"),
            "token in json in json" => Reply.Error(400, "No", """you sent {\"token\":\"abc\\u002Bdef\\/ghi==token\"}"""),
            "token in a link" => Reply.Error(400, "No", "see https://x/?token=abc%2Bdef%2fghi%3D%3Dtoken&x=1"),
            "token in a link in json" => Reply.Error(400, "No", @"see https:\/\/x\/?token=abc\u00252Bdef%2Fghi%3d=token"),
            "token in small letters" => Reply.Error(400, "No", "bad token ABC+DEF/GHI==TOKEN"),
            "token in the reason" => Raw($"400 bad token {Escaped}", "Content-Length: 0"),
            "token in a status line" => Raw($"abc bad token {Escaped}", "Content-Length: 0"),
            "token in a header line" => Raw("200 OK", $"bad token {Escaped}"),
            "token in a location" => Reply.Empty(302, $"Location: /login?token={Escaped}"),
            "token in a host" => Reply.Empty(302, $"Location: https://user:{Uri.EscapeDataString(Escaped)}@evil.example/{Escaped}"),
            "token in a name" when request.Method == "GET" => Reply.Ok($$"""{"data":[{{job}}]}"""),
            "token in a name" => Reply.Ok($$"""{"data":{{job}}}"""),
            _ => Reply.Empty(400),
        };
    }

    private static Reply Raw(string status, string header) => new(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{header}\r\n\r\n"), ReplyEnd.KeepOpen);

    private static Reply Answer(string lure, RecordedRequest request, Uri evil, Uri inner)
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

using System.Net.Sockets;
using System.Text;

namespace EpPromo.UnitTests.Http.Secrets;

/// <summary>No secret appears in what people see, in whatever form it comes back.</summary>
public sealed class SecretRedactionTests
{
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
    public async Task No_secret_appears_in_an_error_or_a_line(string what)
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
        using Socket closedPort = ScriptedOrigin.Reserve();
        using TestStore store = new(
            what == "refused connection" ? ScriptedOrigin.UriOf(closedPort) : origin.BaseUri,
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
            SecretAssert.NotIn(error, store.Lines);
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
    public async Task A_secret_that_a_response_echoes_is_redacted_in_any_form(string what)
    {
        await using ScriptedOrigin origin = new(request => Echo(what, request));
        using TestStore store = new(origin.BaseUri);

        EpPromoException? error = (EpPromoException?)await Record.ExceptionAsync(() => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel));
        PromotionJob? job = what == "token in a name" ? await store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel) : null;

        Assert.Equal(what == "token in a name", error is null);
        SecretAssert.NotIn(error, [.. store.Lines, job?.Name ?? "", job?.Error ?? ""]);
        Assert.Contains(store.Lines.Append(job?.Name).Append(error?.Message), text => text?.Contains("***", StringComparison.Ordinal) == true
            || what is "token in a location" or "token in a host" or "token in a status line" or "token in a header line");
    }

    [Fact]
    public async Task Verbose_and_debug_lines_describe_requests_without_secrets()
    {
        await using ScriptedOrigin files = new(_ => Reply.Text(200, "text/csv", "code\na\n"));
        await using ScriptedOrigin origin = new(TestStore.WithToken(request => Reply.Json(
            201,
            request.Path.EndsWith("/file", StringComparison.Ordinal) ? $$"""{"href":"{{files.BaseUri}}x?Signature=signed-secret"}""" : Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);
        using MemoryStream file = new();

        await store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel);
        await store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel);

        SecretAssert.NotIn(null, store.Lines);
        Assert.Contains(store.Lines, line => line.StartsWith("POST oauth/access_token -> 200 (", StringComparison.Ordinal));
        Assert.Contains(store.Lines, line => line.StartsWith("POST v2/rule-promotions/p1/jobs -> 201 (", StringComparison.Ordinal));
        Assert.Contains(store.Lines, line => line.Contains("\"number_of_codes\":100", StringComparison.Ordinal));
        Assert.Contains(store.Lines, line => line.StartsWith("GET file from 127.0.0.1 -> 200 (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_user_info_of_a_URL_in_an_error_is_removed()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(400, "Bad Request", "cannot reach https://bob:hunter2@db.example/x")));
        using TestStore store = new(origin.BaseUri);

        EpPromoException error = await Assert.ThrowsAsync<ApiException>(() => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel));

        Assert.Contains("https://db.example/x", error.Message, StringComparison.Ordinal);
        Assert.All([error.Message, .. store.Lines], text => Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal));
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
                _ => Reply.Ok($$"""{"access_token":"{{SecretAssert.EscapedToken}}","expires_in":3600}"""),
            };
        }

        string job = Samples.Job.Replace("bf26", SecretAssert.EscapedToken, StringComparison.Ordinal);
        return what switch
        {
            "token in json" => Reply.Error(400, "No", @"bad token abc\u002bdef\/ghi\u003D=token"),
            "token in json in json" => Reply.Error(400, "No", """you sent {\"token\":\"abc\\u002Bdef\\/ghi==token\"}"""),
            "token in a link" => Reply.Error(400, "No", "see https://x/?token=abc%2Bdef%2fghi%3D%3Dtoken&x=1"),
            "token in a link in json" => Reply.Error(400, "No", @"see https:\/\/x\/?token=abc\u00252Bdef%2Fghi%3d=token"),
            "token in small letters" => Reply.Error(400, "No", "bad token ABC+DEF/GHI==TOKEN"),
            "token in the reason" => Raw($"400 bad token {SecretAssert.EscapedToken}", "Content-Length: 0"),
            "token in a status line" => Raw($"abc bad token {SecretAssert.EscapedToken}", "Content-Length: 0"),
            "token in a header line" => Raw("200 OK", $"bad token {SecretAssert.EscapedToken}"),
            "token in a location" => Reply.Empty(302, $"Location: /login?token={SecretAssert.EscapedToken}"),
            "token in a host" => Reply.Empty(302, $"Location: https://user:{Uri.EscapeDataString(SecretAssert.EscapedToken)}@evil.example/{SecretAssert.EscapedToken}"),
            "token in a name" when request.Method == "GET" => Reply.Ok($$"""{"data":[{{job}}]}"""),
            "token in a name" => Reply.Ok($$"""{"data":{{job}}}"""),
            _ => Reply.Empty(400),
        };
    }

    private static Reply Raw(string status, string header) => new(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{header}\r\n\r\n"), ReplyEnd.KeepOpen);
}

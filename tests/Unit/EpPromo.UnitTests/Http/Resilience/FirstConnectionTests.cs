using System.Net.Sockets;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>
/// The first connection to a store: a failure that may come from a mistyped address ends soon, and a response of the API is retried as
/// usual.
/// </summary>
public sealed class FirstConnectionTests
{
    public static TheoryData<string, bool> Responses
    {
        get
        {
            TheoryData<string, bool> all = [];
            foreach (string response in (string[])["429", "408", "500", "502 html", "503 empty", "504"])
            {
                all.Add(response, true);
                all.Add(response, false);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task A_response_of_the_api_is_retried_as_in_any_other_call(string response, bool withCredentials)
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(request =>
            Interlocked.Increment(ref calls) <= 6 ? ResponseFor(response) : Reply.Ok(request.IsToken ? Reply.TokenJson : """{"data":[]}"""));
        using TestStore store = new(origin.BaseUri, accessToken: withCredentials ? null : "supplied-token");

        await store.Connection.VerifyAsync(store, TestStore.Cancel);

        Assert.Equal(7, calls);
    }

    [Theory]
    [InlineData("unreachable", true, "StoreUnavailable")]
    [InlineData("unreachable", false, "StoreUnavailable")]
    [InlineData("reset", true, "StoreUnavailable")]
    [InlineData("html", true, "UnexpectedResponse")]
    [InlineData("html", false, "UnexpectedResponse")]
    [InlineData("redirect", false, "UnexpectedResponse")]
    [InlineData("400 empty", true, "LoginRefused")]
    [InlineData("418 html", false, "RequestRefused")]
    public async Task A_failure_that_may_come_from_a_mistyped_address_is_an_error_after_three_attempts(string what, bool withCredentials, string errorId)
    {
        await using ScriptedOrigin origin = new(_ => ResponseFor(what));
        using Socket closedPort = ScriptedOrigin.Reserve();
        using TestStore store = new(
            what == "unreachable" ? ScriptedOrigin.UriOf(closedPort) : origin.BaseUri, accessToken: withCredentials ? null : "supplied-token");

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(3, store.Connection.Counters.Requests);
    }

    [Theory]
    [InlineData("401 html", true, "LoginRefused")]
    [InlineData("403 empty", true, "LoginRefused")]
    [InlineData("404 html", true, "UnexpectedResponse")]
    [InlineData("405 empty", true, "UnexpectedResponse")]
    [InlineData("401 html", false, "AccessTokenExpired")]
    [InlineData("403 html", false, "Forbidden")]
    [InlineData("404 empty", false, "NotFound")]
    public async Task A_refusal_that_suggests_a_mistyped_address_is_an_error_at_once(string what, bool withCredentials, string errorId)
    {
        await using ScriptedOrigin origin = new(_ => ResponseFor(what));
        using TestStore store = new(origin.BaseUri, accessToken: withCredentials ? null : "supplied-token");

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task Responses_of_the_api_between_failures_do_not_add_attempts()
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(_ => Interlocked.Increment(ref calls) is 2 or 4 ? Reply.Error(503, "Busy") : Reply.Reset);
        using TestStore store = new(origin.BaseUri);

        await Assert.ThrowsAsync<EpPromoException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal(5, calls);
    }

    private static Reply ResponseFor(string what) => what.Split(' ') switch
    {
        ["reset"] => Reply.Reset,
        ["html"] => Reply.Html(200, "<html>Welcome</html>"),
        ["redirect"] => Reply.Empty(302, "Location: /login"),
        [var status, "html"] => Reply.Html(Number(status), "<html>"),
        [var status, "empty"] => Reply.Empty(Number(status)),
        [var status] => Reply.Error(Number(status), "Server Error"),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

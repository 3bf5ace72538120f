using System.Net.Sockets;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>A store that has never answered: what may be a mistyped address ends soon, and a response of the API is retried as ever.</summary>
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
    public async Task A_response_of_the_api_is_retried_as_in_any_other_call(string response, bool client)
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(request =>
            Interlocked.Increment(ref calls) <= 6 ? Bad(response) : Reply.Ok(request.IsToken ? Reply.TokenJson : """{"data":[]}"""));
        using TestStore store = new(origin.BaseUri, accessToken: client ? null : "given-token");

        await store.Connection.VerifyAsync(store, TestStore.Cancel);

        Assert.Equal(7, calls);
    }

    [Theory]
    [InlineData("nobody", true, "StoreUnavailable")]
    [InlineData("nobody", false, "StoreUnavailable")]
    [InlineData("reset", true, "StoreUnavailable")]
    [InlineData("html", true, "UnexpectedResponse")]
    [InlineData("html", false, "UnexpectedResponse")]
    [InlineData("redirect", false, "UnexpectedResponse")]
    [InlineData("400 empty", true, "LoginRefused")]
    [InlineData("418 html", false, "RequestRefused")]
    public async Task What_may_be_a_mistyped_address_ends_soon(string what, bool client, string errorId)
    {
        await using ScriptedOrigin origin = new(_ => Bad(what));
        using Socket nobody = ScriptedOrigin.Reserve();
        using TestStore store = new(
            what == "nobody" ? ScriptedOrigin.UriOf(nobody) : origin.BaseUri, accessToken: client ? null : "given-token");

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
    public async Task A_page_in_place_of_the_api_ends_at_once(string what, bool client, string errorId)
    {
        await using ScriptedOrigin origin = new(_ => Bad(what));
        using TestStore store = new(origin.BaseUri, accessToken: client ? null : "given-token");

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Single(origin.Requests);
    }

    [Fact]
    public async Task Responses_of_the_api_in_between_do_not_make_a_dead_address_last()
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(_ => Interlocked.Increment(ref calls) is 2 or 4 ? Reply.Error(503, "Busy") : Reply.Reset);
        using TestStore store = new(origin.BaseUri);

        await Assert.ThrowsAsync<EpPromoException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal(5, calls);
    }

    private static Reply Bad(string what) => what.Split(' ') switch
    {
        ["reset"] => Reply.Reset,
        ["html"] => Reply.Html(200, "<html>Welcome</html>"),
        ["redirect"] => Reply.Empty(302, "Location: /login"),
        [var status, "html"] => Reply.Html(Number(status), "<html>"),
        [var status, "empty"] => Reply.Empty(Number(status)),
        [var status] => Reply.Error(Number(status), "Trouble"),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

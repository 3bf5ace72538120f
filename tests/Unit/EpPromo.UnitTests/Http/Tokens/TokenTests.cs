using EpPromo.Api;

namespace EpPromo.UnitTests.Http.Tokens;

/// <summary>Where the bearer token comes from, when it is renewed and by whom (api-contract.md section 2).</summary>
public sealed class TokenTests
{
    private const string Fields = """ "access_token":"bearer-secret-1","token_type":"Bearer" """;

    [Fact]
    public async Task The_token_is_asked_for_with_a_form_and_used_from_then_on()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri);

        await ListAsync(store);
        await ListAsync(store);

        RecordedRequest asked = Assert.Single(origin.Requests, request => request.IsToken);
        Assert.Equal("POST", asked.Method);
        Assert.Equal("application/x-www-form-urlencoded", asked.Headers["Content-Type"]);
        Assert.Equal("grant_type=client_credentials&client_id=client-id-1&client_secret=client%2Bsecret%2F1%3D", asked.Body);
        Assert.Null(asked.Authorization);
        Assert.All(origin.Calls, call => Assert.Equal("Bearer bearer-secret-1", call.Authorization));
        Assert.Equal(2, origin.Calls.Count);
    }

    [Theory]
    [InlineData($$"""{"data":{{{Fields}},"expires_in":3600} }""", 59)]
    [InlineData($$"""{{{Fields}},"expires_in":"3600"}""", 59)]
    [InlineData($$"""{{{Fields}}}""", 59)]
    [InlineData($$"""{{{Fields}},"expires_in":600,"expires":1}""", 9)]
    [InlineData($$"""{{{Fields}},"expires":1}""", 59)]
    [InlineData($$"""{{{Fields}},"expires_in":60}""", 0.5)]
    [InlineData($$"""{{{Fields}},"expires_in":120}""", 1)]
    [InlineData($$"""{{{Fields}},"expires_in":9999999999999}""", 59)]
    public async Task It_is_renewed_a_minute_before_it_dies_or_at_half_time(string answer, double minutes)
    {
        await using ScriptedOrigin origin = new(request => Reply.Ok(request.IsToken ? answer : Samples.OneJobPage));
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);

        await ListAsync(store);
        clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        await ListAsync(store);
        Assert.Equal(1, store.Connection.Counters.TokenRefreshes);
        clock.Advance(TimeSpan.FromSeconds(1));
        await ListAsync(store);
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task An_expiry_as_a_time_counts_by_the_stores_own_clock()
    {
        // This machine's clock is an hour behind the origin's Date header, and the token lives ten minutes by the latter.
        long until = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds();
        await using ScriptedOrigin origin = new(
            request => Reply.Ok(request.IsToken ? $$"""{{{Fields}},"expires":{{until}}}""" : Samples.OneJobPage));
        FakeClock clock = new(DateTimeOffset.UtcNow.AddHours(-1));
        using TestStore store = new(origin.BaseUri, clock: clock);

        await ListAsync(store);
        clock.Advance(TimeSpan.FromMinutes(8.5));
        await ListAsync(store);
        Assert.Equal(1, store.Connection.Counters.TokenRefreshes);
        clock.Advance(TimeSpan.FromMinutes(1));
        await ListAsync(store);
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task Many_callers_whose_token_died_share_one_renewal()
    {
        const int callers = 40;
        int tokens = 0;
        int refused = 0;
        TaskCompletionSource allRefused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedOrigin origin = new(request =>
        {
            if (request.IsToken)
            {
                return Reply.Ok($$"""{"access_token":"token-{{Interlocked.Increment(ref tokens)}}","expires_in":3600}""");
            }

            if (request.Authorization != "Bearer token-1")
            {
                return Reply.Ok(Samples.OneJobPage);
            }

            if (Interlocked.Increment(ref refused) == callers)
            {
                allRefused.SetResult();
            }

            return Reply.Error(401, "Unable to validate access token") with { Gate = allRefused.Task };
        });
        using TestStore store = new(origin.BaseUri);

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => ListAsync(store)));

        Assert.Equal(2, tokens);
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
        Assert.Equal(callers, origin.Calls.Count(call => call.Authorization == "Bearer token-2"));
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_stop_the_request_the_others_wait_for()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedOrigin origin = new(request => request.IsToken
            ? Reply.Ok(Reply.TokenJson) with { Gate = gate.Task }
            : Reply.Ok(Samples.OneJobPage));
        using TestStore store = new(origin.BaseUri);
        using CancellationTokenSource impatience = new();
        Task first = store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, impatience.Token);
        await origin.WaitForAsync(1, TestStore.Cancel);
        Task second = ListAsync(store);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        await second;

        Assert.Single(origin.Requests, request => request.IsToken);
        Assert.Single(origin.Calls);
    }

    [Theory]
    [InlineData(400, """{"errors":[{"status":400,"title":"Bad Request","detail":"wrong secret"}]}""", "wrong secret")]
    [InlineData(401, """{"errors":[{"status":"401","title":"Unauthorized","source":{"a":1}}]}""", "Unauthorized")]
    [InlineData(401, """{"error":"invalid_client","error_description":"no such client"}""", "no such client")]
    [InlineData(403, "", "403")]
    public async Task Bad_credentials_are_refused_at_once(int status, string body, string words)
    {
        await using ScriptedOrigin origin = new(_ => Reply.Json(status, body));
        using TestStore store = new(origin.BaseUri);

        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal("LoginRefused", refused.ErrorId);
        Assert.Equal(ErrorKind.NotAuthenticated, refused.Kind);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Single(origin.Requests);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(200, "<html>Welcome</html>")]
    [InlineData(200, """{"data":{}}""")]
    [InlineData(200, """{"access_token":"two\r\nlines"}""")]
    [InlineData(200, """{"access_token":{"a":1}}""")]
    [InlineData(302, "")]
    public async Task An_address_that_is_no_store_is_named_as_such(int status, string body)
    {
        await using ScriptedOrigin origin = new(_ => Reply.Json(status, body));
        using TestStore store = new(origin.BaseUri);

        EpPromoException odd = await Assert.ThrowsAsync<EpPromoException>(
            () => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal("UnexpectedResponse", odd.ErrorId);
        Assert.Contains("POST oauth/access_token", odd.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_tokens_that_are_refused_too_are_the_credentials_fault()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(401, "Unable to validate access token")));
        using TestStore store = new(origin.BaseUri);

        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(() => ListAsync(store));

        Assert.Equal("LoginRefused", refused.ErrorId);
        Assert.Equal(3, origin.Calls.Count);
        Assert.Equal(3, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task A_given_token_is_verified_by_a_read_and_not_renewed()
    {
        bool dead = false;
        await using ScriptedOrigin origin = new(
            _ => dead ? Reply.Error(401, "Unable to validate access token") : Reply.Ok("""{"data":[]}"""));
        using TestStore store = new(origin.BaseUri, accessToken: "given-token");

        await store.Connection.VerifyAsync(store, TestStore.Cancel);
        RecordedRequest verified = Assert.Single(origin.Requests);
        Assert.Equal(("/v2/rule-promotions", "page[limit]=1", "Bearer given-token"), (verified.Path, verified.Query, verified.Authorization));

        dead = true;
        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(() => ListAsync(store));
        Assert.Equal("AccessTokenExpired", refused.ErrorId);
        Assert.Equal(2, origin.Requests.Count);
    }

    [Theory]
    [InlineData("caf\u00e9")]
    [InlineData("a b")]
    public async Task A_given_token_that_would_break_out_of_its_header_is_not_sent(string token)
    {
        await using ScriptedOrigin origin = new(_ => Reply.Ok("""{"data":[]}"""));
        using TestStore store = new(origin.BaseUri, accessToken: token);

        EpPromoException bad = await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store));

        Assert.Equal("BadAccessToken", bad.ErrorId);
        Assert.Empty(origin.Requests);
    }

    [Fact]
    public async Task A_token_serves_until_it_dies_while_no_other_can_be_had()
    {
        int asked = 0;
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Ok(Samples.OneJobPage)
            : Interlocked.Increment(ref asked) == 1 ? Reply.Ok("""{"access_token":"token-1","expires_in":3600}""")
            : Reply.Error(501, "Trouble") with { Gate = gate.Task });
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);
        await ListAsync(store);

        clock.Advance(TimeSpan.FromMinutes(59.5));
        await ListAsync(store);
        gate.SetResult();
        while (!store.Lines.Any(line => line.StartsWith("POST oauth/access_token -> 501", StringComparison.Ordinal)))
        {
            await Task.Delay(1, TestStore.Cancel);
        }

        await ListAsync(store);
        Assert.All(origin.Calls, call => Assert.Equal("Bearer token-1", call.Authorization));
        Assert.Equal(3, origin.Calls.Count);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("ServerError", (await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store))).ErrorId);
        Assert.Equal(3, origin.Calls.Count);
    }

    [Fact]
    public async Task A_token_that_was_turned_away_is_not_used_again_although_no_other_can_be_had()
    {
        int asked = 0;
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Error(401, "Unable to validate access token")
            : Interlocked.Increment(ref asked) == 1 ? Reply.Ok(Reply.TokenJson)
            : Reply.Error(501, "Trouble"));
        using TestStore store = new(origin.BaseUri);

        Assert.Equal("ServerError", (await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store))).ErrorId);
        Assert.Equal("ServerError", (await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store))).ErrorId);
        Assert.Single(origin.Calls);
    }

    [Fact]
    public async Task A_renewal_that_failed_is_tried_again_every_half_minute_while_the_token_lives()
    {
        int asked = 0;
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Ok(Samples.OneJobPage)
            : Interlocked.Increment(ref asked) == 1 ? Reply.Ok("""{"access_token":"token-1","expires_in":3600}""")
            : Reply.Error(501, "Trouble"));
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);
        await ListAsync(store);

        clock.Advance(TimeSpan.FromMinutes(59));
        await ListUntilRefusedAsync(1);
        for (int i = 0; i < 14; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await ListAsync(store);
        }

        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
        clock.Advance(TimeSpan.FromSeconds(30));
        await ListUntilRefusedAsync(2);
        await ListAsync(store);

        Assert.Equal(3, store.Connection.Counters.TokenRefreshes);
        Assert.All(origin.Calls, call => Assert.Equal("Bearer token-1", call.Authorization));

        async Task ListUntilRefusedAsync(int times)
        {
            await ListAsync(store);
            while (store.Lines.Count(line => line.StartsWith("POST oauth/access_token ", StringComparison.Ordinal)
                && line.Contains(" 501 ", StringComparison.Ordinal)) < times)
            {
                await Task.Delay(1, TestStore.Cancel);
            }
        }
    }

    [Fact]
    public async Task Trouble_at_the_token_endpoint_is_waited_out()
    {
        int asked = 0;
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Ok(Samples.OneJobPage)
            : Interlocked.Increment(ref asked) == 1 ? Reply.Html(503, "<html>")
            : Reply.Ok(Reply.TokenJson));
        using TestStore store = new(origin.BaseUri);

        await ListAsync(store);

        Assert.Equal(2, asked);
        Assert.Equal(1, store.Connection.Counters.TokenRefreshes);
    }

    private static Task<Page<PromotionJob>> ListAsync(TestStore store) =>
        store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);
}

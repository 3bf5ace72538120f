namespace EpPromo.UnitTests.Http.Tokens;

/// <summary>When a token is renewed, by how many requests, and what happens when that fails (api-contract.md section 2).</summary>
public sealed class TokenRenewalTests
{
    private const string Fields = """ "access_token":"bearer-secret-1","token_type":"Bearer" """;

    [Theory]
    [InlineData($$"""{"data":{{{Fields}},"expires_in":3600} }""", 59)]
    [InlineData($$"""{{{Fields}},"expires_in":"3600"}""", 59)]
    [InlineData($$"""{{{Fields}}}""", 59)]
    [InlineData($$"""{{{Fields}},"expires_in":600,"expires":1}""", 9)]
    [InlineData($$"""{{{Fields}},"expires":1}""", 59)]
    [InlineData($$"""{{{Fields}},"expires_in":60}""", 0.5)]
    [InlineData($$"""{{{Fields}},"expires_in":120}""", 1)]
    [InlineData($$"""{{{Fields}},"expires_in":9999999999999}""", 59)]
    public async Task A_token_is_renewed_a_minute_before_it_expires_or_at_half_its_lifetime(string response, double minutes)
    {
        await using ScriptedOrigin origin = new(request => Reply.Ok(request.IsToken ? response : Samples.OneJobPage));
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);

        await store.ListJobsAsync();
        clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        await store.ListJobsAsync();
        Assert.Equal(1, store.Connection.Counters.TokenRefreshes);
        clock.Advance(TimeSpan.FromSeconds(1));
        await store.ListJobsAsync();
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task An_expiry_time_is_compared_with_the_clock_of_the_store()
    {
        // This machine's clock is an hour behind the Date header. By the Date header, the token expires in ten minutes.
        long until = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds();
        await using ScriptedOrigin origin = new(
            request => Reply.Ok(request.IsToken ? $$"""{{{Fields}},"expires":{{until}}}""" : Samples.OneJobPage));
        FakeClock clock = new(DateTimeOffset.UtcNow.AddHours(-1));
        using TestStore store = new(origin.BaseUri, clock: clock);

        await store.ListJobsAsync();
        clock.Advance(TimeSpan.FromMinutes(8.5));
        await store.ListJobsAsync();
        Assert.Equal(1, store.Connection.Counters.TokenRefreshes);
        clock.Advance(TimeSpan.FromMinutes(1));
        await store.ListJobsAsync();
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task Callers_with_a_rejected_token_share_one_renewal()
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

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => store.ListJobsAsync()));

        Assert.Equal(2, tokens);
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
        Assert.Equal(callers, origin.Calls.Count(call => call.Authorization == "Bearer token-2"));
    }

    [Fact]
    public async Task A_cancelled_caller_does_not_stop_the_token_request_of_the_others()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedOrigin origin = new(request => request.IsToken
            ? Reply.Ok(Reply.TokenJson) with { Gate = gate.Task }
            : Reply.Ok(Samples.OneJobPage));
        using TestStore store = new(origin.BaseUri);
        using CancellationTokenSource cancellation = new();
        Task first = store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, cancellation.Token);
        await origin.WaitForAsync(1, TestStore.Cancel);
        Task second = store.ListJobsAsync();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        await second;

        Assert.Single(origin.Requests, request => request.IsToken);
        Assert.Single(origin.Calls);
    }

    [Fact]
    public async Task A_login_is_refused_if_new_tokens_are_rejected_too()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(401, "Unable to validate access token")));
        using TestStore store = new(origin.BaseUri);

        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(() => store.ListJobsAsync());

        Assert.Equal("LoginRefused", refused.ErrorId);
        Assert.Equal(3, origin.Calls.Count);
        Assert.Equal(3, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task A_token_is_used_until_it_expires_if_its_renewal_fails()
    {
        int tokenRequests = 0;
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Ok(Samples.OneJobPage)
            : Interlocked.Increment(ref tokenRequests) == 1 ? Reply.Ok("""{"access_token":"token-1","expires_in":3600}""")
            : Reply.Error(501, "Server Error") with { Gate = gate.Task });
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);
        await store.ListJobsAsync();

        clock.Advance(TimeSpan.FromMinutes(59.5));
        await store.ListJobsAsync();
        gate.SetResult();
        while (!store.Lines.Any(line => line.StartsWith("POST oauth/access_token -> 501", StringComparison.Ordinal)))
        {
            await Task.Delay(1, TestStore.Cancel);
        }

        await store.ListJobsAsync();
        Assert.All(origin.Calls, call => Assert.Equal("Bearer token-1", call.Authorization));
        Assert.Equal(3, origin.Calls.Count);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("ServerError", (await Assert.ThrowsAsync<EpPromoException>(() => store.ListJobsAsync())).ErrorId);
        Assert.Equal(3, origin.Calls.Count);
    }

    [Fact]
    public async Task A_rejected_token_is_not_used_again_even_if_its_renewal_fails()
    {
        int tokenRequests = 0;
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Error(401, "Unable to validate access token")
            : Interlocked.Increment(ref tokenRequests) == 1 ? Reply.Ok(Reply.TokenJson)
            : Reply.Error(501, "Server Error"));
        using TestStore store = new(origin.BaseUri);

        Assert.Equal("ServerError", (await Assert.ThrowsAsync<EpPromoException>(() => store.ListJobsAsync())).ErrorId);
        Assert.Equal("ServerError", (await Assert.ThrowsAsync<EpPromoException>(() => store.ListJobsAsync())).ErrorId);
        Assert.Single(origin.Calls);
    }

    [Fact]
    public async Task A_failed_renewal_is_retried_every_30_seconds_until_the_token_expires()
    {
        int tokenRequests = 0;
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Ok(Samples.OneJobPage)
            : Interlocked.Increment(ref tokenRequests) == 1 ? Reply.Ok("""{"access_token":"token-1","expires_in":3600}""")
            : Reply.Error(501, "Server Error"));
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);
        await store.ListJobsAsync();

        clock.Advance(TimeSpan.FromMinutes(59));
        await ListUntilRenewalFailedAsync(1);
        for (int i = 0; i < 14; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await store.ListJobsAsync();
        }

        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
        clock.Advance(TimeSpan.FromSeconds(30));
        await ListUntilRenewalFailedAsync(2);
        await store.ListJobsAsync();

        Assert.Equal(3, store.Connection.Counters.TokenRefreshes);
        Assert.All(origin.Calls, call => Assert.Equal("Bearer token-1", call.Authorization));

        async Task ListUntilRenewalFailedAsync(int times)
        {
            await store.ListJobsAsync();
            while (store.Lines.Count(line => line.StartsWith("POST oauth/access_token ", StringComparison.Ordinal)
                && line.Contains(" 501 ", StringComparison.Ordinal)) < times)
            {
                await Task.Delay(1, TestStore.Cancel);
            }
        }
    }
}

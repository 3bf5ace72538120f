namespace EpPromo.UnitTests.Http.Tokens;

/// <summary>How a token is requested, and what is reported when there is none (api-contract.md section 2).</summary>
public sealed class TokenRequestTests
{
    [Fact]
    public async Task A_token_is_requested_with_a_form_and_reused()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri);

        await store.ListJobsAsync();
        await store.ListJobsAsync();

        RecordedRequest tokenRequest = Assert.Single(origin.Requests, request => request.IsToken);
        Assert.Equal("POST", tokenRequest.Method);
        Assert.Equal("application/x-www-form-urlencoded", tokenRequest.Headers["Content-Type"]);
        Assert.Equal("grant_type=client_credentials&client_id=client-id-1&client_secret=client%2Bsecret%2F1%3D", tokenRequest.Body);
        Assert.Null(tokenRequest.Authorization);
        Assert.All(origin.Calls, call => Assert.Equal("Bearer bearer-secret-1", call.Authorization));
        Assert.Equal(2, origin.Calls.Count);
    }

    [Theory]
    [InlineData(400, """{"errors":[{"status":400,"title":"Bad Request","detail":"wrong secret"}]}""", "wrong secret")]
    [InlineData(401, """{"errors":[{"status":"401","title":"Unauthorized","source":{"a":1}}]}""", "Unauthorized")]
    [InlineData(401, """{"error":"invalid_client","error_description":"no such client"}""", "no such client")]
    [InlineData(403, "", "403")]
    public async Task Invalid_credentials_are_an_error_without_a_retry(int status, string body, string words)
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
    public async Task An_address_without_a_store_is_an_unexpected_response(int status, string body)
    {
        await using ScriptedOrigin origin = new(_ => Reply.Json(status, body));
        using TestStore store = new(origin.BaseUri);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal("UnexpectedResponse", error.ErrorId);
        Assert.Contains("POST oauth/access_token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transient_failure_of_the_token_endpoint_is_retried()
    {
        int tokenRequests = 0;
        await using ScriptedOrigin origin = new(request =>
            !request.IsToken ? Reply.Ok(Samples.OneJobPage)
            : Interlocked.Increment(ref tokenRequests) == 1 ? Reply.Html(503, "<html>")
            : Reply.Ok(Reply.TokenJson));
        using TestStore store = new(origin.BaseUri);

        await store.ListJobsAsync();

        Assert.Equal(2, tokenRequests);
        Assert.Equal(1, store.Connection.Counters.TokenRefreshes);
    }
}

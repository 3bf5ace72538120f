namespace EpPromo.UnitTests.Http.Tokens;

/// <summary>A token that the user supplied.</summary>
public sealed class StaticTokenSourceTests
{
    [Fact]
    public async Task A_supplied_token_is_verified_by_a_read_and_not_renewed()
    {
        bool expired = false;
        await using ScriptedOrigin origin = new(
            _ => expired ? Reply.Error(401, "Unable to validate access token") : Reply.Ok("""{"data":[]}"""));
        using TestStore store = new(origin.BaseUri, accessToken: "supplied-token");

        await store.Connection.VerifyAsync(store, TestStore.Cancel);
        RecordedRequest verified = Assert.Single(origin.Requests);
        Assert.Equal(("/v2/rule-promotions", "page[limit]=1", "Bearer supplied-token"), (verified.Path, verified.Query, verified.Authorization));

        expired = true;
        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(() => store.ListJobsAsync());
        Assert.Equal("AccessTokenExpired", refused.ErrorId);
        Assert.Equal(2, origin.Requests.Count);
    }

    [Theory]
    [InlineData("caf\u00e9")]
    [InlineData("a b")]
    public async Task A_supplied_token_that_is_invalid_in_a_header_is_not_sent(string token)
    {
        await using ScriptedOrigin origin = new(_ => Reply.Ok("""{"data":[]}"""));
        using TestStore store = new(origin.BaseUri, accessToken: token);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => store.ListJobsAsync());

        Assert.Equal("BadAccessToken", error.ErrorId);
        Assert.Empty(origin.Requests);
    }
}

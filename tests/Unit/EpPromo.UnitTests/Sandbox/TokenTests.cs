namespace EpPromo.UnitTests.Sandbox;

/// <summary>Access tokens behave as contract section 2 says.</summary>
public sealed class TokenTests
{
    private const string Promotions = "v2/rule-promotions";

    [Fact]
    public async Task A_token_expires_and_can_be_revoked()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { TokenLifetime = TimeSpan.FromMinutes(10) });

        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
        sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        (await sandbox.GetAsync(Promotions)).AssertError(401, "Unable to validate access token");
        await sandbox.AuthorizeAsync();
        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
        sandbox.Store.RevokeTokens();
        (await sandbox.GetAsync(Promotions)).AssertError(401, "Unable to validate access token");
        sandbox.UseToken(null);
        (await sandbox.GetAsync(Promotions)).AssertError(401, "Unable to validate access token");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_response_is_bare_or_wrapped_in_data(bool inData)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { WrapTokenInData = inData });

        SandboxResponse response = await sandbox.TokenAsync("client_credentials", "sandbox-secret");

        Assert.Equal(3600, (int?)(inData ? response["data", "expires_in"] : response["expires_in"]));
    }

    [Fact]
    public async Task A_wrong_secret_gets_no_token_and_an_implicit_token_cannot_write()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (await sandbox.TokenAsync("client_credentials", "wrong")).AssertError(401, "Unauthorized");
        (await sandbox.TokenAsync("password", "sandbox-secret")).AssertError(400, "Bad Request");

        sandbox.UseToken((string?)(await sandbox.TokenAsync("implicit", ""))["access_token"]);

        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
        (await sandbox.GenerateAsync(sandbox.Store.AddPromotion("Summer").Id)).AssertError(403, "Forbidden");
    }

    [Fact]
    public async Task A_token_form_with_too_many_fields_is_a_bad_request()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string form = string.Join('&', Enumerable.Range(0, 2000).Select(number => $"f{number}=x"));

        (await sandbox.PostAsync("oauth/access_token", form, "application/x-www-form-urlencoded")).AssertError(400, "Bad Request");
    }
}

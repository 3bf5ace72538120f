using System.Net;
using System.Net.NetworkInformation;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Tokens, rights, rates and addresses behave as contract sections 2 to 4 say.</summary>
public sealed class AccessTests
{
    private const string Promotions = "v2/rule-promotions";

    [Fact]
    public async Task A_token_dies_with_time_and_by_order()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { TokenLifetime = TimeSpan.FromMinutes(10) });

        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
        sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        (await sandbox.GetAsync(Promotions)).Is(401, "Unable to validate access token");
        await sandbox.AuthorizeAsync();
        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
        sandbox.Store.RevokeTokens();
        (await sandbox.GetAsync(Promotions)).Is(401, "Unable to validate access token");
        sandbox.UseToken(null);
        (await sandbox.GetAsync(Promotions)).Is(401, "Unable to validate access token");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_comes_at_the_top_or_in_data(bool inData)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { WrapTokenInData = inData });

        SandboxUnderTest.Answer answer = await sandbox.TokenAsync("client_credentials", "sandbox-secret");

        Assert.Equal(3600, (int?)(inData ? answer["data", "expires_in"] : answer["expires_in"]));
    }

    [Fact]
    public async Task A_wrong_secret_gets_no_token_and_an_implicit_token_cannot_write()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (await sandbox.TokenAsync("client_credentials", "wrong")).Is(401, "Unauthorized");
        (await sandbox.TokenAsync("password", "sandbox-secret")).Is(400, "Bad Request");

        sandbox.UseToken((string?)(await sandbox.TokenAsync("implicit", ""))["access_token"]);

        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
        (await sandbox.GenerateAsync(sandbox.Store.AddPromotion("Summer").Id)).Is(403, "Forbidden");
    }

    [Fact]
    public async Task A_token_form_with_too_many_fields_is_a_bad_request()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string form = string.Join('&', Enumerable.Range(0, 2000).Select(number => $"f{number}=x"));

        (await sandbox.PostAsync("oauth/access_token", form, "application/x-www-form-urlencoded")).Is(400, "Bad Request");
    }

    [Theory]
    [InlineData(RetryAfterFormat.None, null)]
    [InlineData(RetryAfterFormat.Seconds, "1")]
    [InlineData(RetryAfterFormat.Date, "Sat, 31 Jan 2026 12:00:01 GMT")]
    public async Task Too_many_requests_in_any_one_second_are_refused(RetryAfterFormat form, string? retryAfter)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { RequestsPerSecond = 3, RetryAfter = form });

        // The token was the first of three.
        await sandbox.GetAsync(Promotions);
        await sandbox.GetAsync(Promotions);
        SandboxUnderTest.Answer refused = await sandbox.GetAsync(Promotions);
        refused.Is(429, "Too Many Requests");
        Assert.Equal(retryAfter, refused.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values) ? values.Single() : null);
        sandbox.Time.Advance(TimeSpan.FromSeconds(0.999));
        Assert.Equal(429, (int)(await sandbox.GetAsync(Promotions)).Status);
        sandbox.Time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_404_in_JSON()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        (await sandbox.GetAsync("v2/nothing")).Is(404, "Not Found", "Route not found");
        (await sandbox.GetAsync($"{SandboxUnderTest.Jobs(Guid.NewGuid().ToString())}")).Is(404, "Not Found", "Promotion not found");
        (await sandbox.GetAsync($"{SandboxUnderTest.Jobs(promotion)}/{Guid.NewGuid()}")).Is(404, "Not Found", "Route not found");
        (await sandbox.PostAsync($"{SandboxUnderTest.Jobs(promotion)}/x/cancel", null)).Is(404, "Not Found", "Job not found");
        (await sandbox.SendAsync(HttpMethod.Patch, Promotions, "{}")).Is(405, "Method Not Allowed");
    }

    [Fact]
    public async Task It_listens_on_loopback_alone()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        int[] ports = [sandbox.Server.BaseUri.Port, sandbox.Server.FilesUri.Port];

        // What the machine says of its sockets, not what the sandbox says of itself.
        IPEndPoint[] listening =
            [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(socket => ports.Contains(socket.Port))];

        Assert.Equal(ports.Order(), listening.Select(socket => socket.Port).Order());
        Assert.All(listening, socket => Assert.Equal(IPAddress.Loopback, socket.Address));
    }

    [Fact]
    public async Task A_taken_port_is_a_clear_error()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();

        PortInUseException failure = await Assert.ThrowsAsync<PortInUseException>(() => SandboxServer.StartAsync(
            new SandboxOptions { Port = sandbox.Server.BaseUri.Port }, TestContext.Current.CancellationToken));
        Assert.Equal(sandbox.Server.BaseUri.Port, failure.Port);
    }

    [Fact]
    public async Task The_Date_header_and_the_timestamps_go_by_the_servers_clock()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { ClockSkew = TimeSpan.FromHours(-2) });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxUnderTest.Answer created = await sandbox.GenerateAsync(promotion);

        Assert.Equal(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero), created.Headers.Date);
        Assert.StartsWith("2026-01-31T10:00:00.", (string?)created["data", "meta", "timestamps", "created_at"], StringComparison.Ordinal);
    }
}

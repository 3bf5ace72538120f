using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>The rate limit behaves as contract section 3 says.</summary>
public sealed class RateLimitTests
{
    private const string Promotions = "v2/rule-promotions";

    [Theory]
    [InlineData(RetryAfterFormat.None, null)]
    [InlineData(RetryAfterFormat.Seconds, "1")]
    [InlineData(RetryAfterFormat.Date, "Sat, 31 Jan 2026 12:00:01 GMT")]
    public async Task Too_many_requests_in_any_one_second_are_rejected(RetryAfterFormat format, string? retryAfter)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { RequestsPerSecond = 3, RetryAfter = format });

        // The token was the first of three.
        await sandbox.GetAsync(Promotions);
        await sandbox.GetAsync(Promotions);
        SandboxResponse rejected = await sandbox.GetAsync(Promotions);
        rejected.AssertError(429, "Too Many Requests");
        Assert.Equal(retryAfter, rejected.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values) ? values.Single() : null);
        sandbox.Time.Advance(TimeSpan.FromSeconds(0.999));
        Assert.Equal(429, (int)(await sandbox.GetAsync(Promotions)).Status);
        sandbox.Time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(200, (int)(await sandbox.GetAsync(Promotions)).Status);
    }
}

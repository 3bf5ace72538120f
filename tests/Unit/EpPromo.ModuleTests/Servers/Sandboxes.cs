using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Servers;

/// <summary>Sandboxes for tests: empty, fast, with several concurrent jobs and without a request limit.</summary>
internal static class Sandboxes
{
    public static SandboxOptions Quick { get; } = new()
    {
        IncludeSeedData = false,
        RequestsPerSecond = 0,
        BaseJobDuration = TimeSpan.FromMilliseconds(20),
        DurationPerCode = TimeSpan.Zero,
        ConcurrentJobs = 8,
    };

    public static Task<SandboxServer> StartQuickAsync() => SandboxServer.StartAsync(Quick, TestContext.Current.CancellationToken);

    /// <summary>Starts such a sandbox with one promotion.</summary>
    public static async Task<SandboxServer> StartQuickAsync(string promotion)
    {
        SandboxServer sandbox = await StartQuickAsync();
        sandbox.Store.AddPromotion(promotion);
        return sandbox;
    }

    /// <summary>The same, with promotions that may have a million codes.</summary>
    public static SandboxOptions Roomy { get; } = Quick with { CodesPerPromotion = 1_000_000 };

    public static Task<SandboxServer> StartAsync(SandboxOptions options) => SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);

    /// <summary>Starts a sandbox whose jobs do not end while a test runs.</summary>
    public static Task<SandboxServer> StartSlowAsync() =>
        SandboxServer.StartAsync(Quick with { BaseJobDuration = TimeSpan.FromHours(1) }, TestContext.Current.CancellationToken);

    /// <summary>The write requests received so far, without token requests.</summary>
    public static IEnumerable<RecordedRequest> Writes(this SandboxServer sandbox) =>
        sandbox.Requests.Where(request => request.Method != "GET" && !request.PathAndQuery.StartsWith("/oauth", StringComparison.Ordinal));
}

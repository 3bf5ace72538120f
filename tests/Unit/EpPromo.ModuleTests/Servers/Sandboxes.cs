using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Servers;

/// <summary>Sandboxes as the tests need them: empty, quick, with several jobs at once, without a request limit.</summary>
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

    /// <summary>Promotions that take as many codes as one likes.</summary>
    public static SandboxOptions Roomy { get; } = Quick with { CodesPerPromotion = 1_000_000 };

    public static Task<SandboxServer> StartAsync(SandboxOptions options) => SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);

    /// <summary>Jobs that do not end while a test runs.</summary>
    public static Task<SandboxServer> StartSlowAsync() =>
        SandboxServer.StartAsync(Quick with { BaseJobDuration = TimeSpan.FromHours(1) }, TestContext.Current.CancellationToken);

    /// <summary>The writes received so far, tokens apart.</summary>
    public static IEnumerable<RecordedRequest> Writes(this SandboxServer sandbox) =>
        sandbox.Requests.Where(request => request.Method != "GET" && !request.PathAndQuery.StartsWith("/oauth", StringComparison.Ordinal));
}

using EpPromo.Sandbox;

namespace EpPromo.Bench.Rows.RequestCodes;

/// <summary>A number of codes on a number of promotions, in a store of a given speed.</summary>
internal sealed record Scenario
{
    public required int Promotions { get; init; }

    public int Codes { get; init; } = 2500;

    /// <summary>The store's rate limit, which is also the client's <c>-MaxRequestsPerSecond</c>.</summary>
    public int RequestsPerSecond { get; init; } = 25;

    public int ConcurrentJobs { get; init; } = 8;

    public TimeSpan BaseJobDuration { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan DurationPerCode { get; init; } = TimeSpan.FromMilliseconds(1);

    private int Jobs => Promotions * ((Codes + 999) / 1000);

    /// <summary>The time that the jobs alone take if the store is never idle.</summary>
    public TimeSpan JobBound => ((Jobs * BaseJobDuration) + (Promotions * Codes * DurationPerCode)) / ConcurrentJobs;

    /// <summary>The time that the requests alone take: each job needs one create and one poll.</summary>
    public TimeSpan RequestBound => TimeSpan.FromSeconds(2.0 * Jobs / RequestsPerSecond);

    public TimeSpan LowerBound => JobBound > RequestBound ? JobBound : RequestBound;

    /// <summary>The design's target: half a million codes, with one job after another on each promotion.</summary>
    public static Scenario Full { get; } = new() { Promotions = 200 };

    /// <summary>Jobs so short that the requests take most of the time.</summary>
    public static Scenario ShortJobs { get; } = new()
    {
        Promotions = 40,
        BaseJobDuration = TimeSpan.FromMilliseconds(200),
        DurationPerCode = TimeSpan.Zero,
    };

    public static Scenario Few { get; } = Production(10, 2500);

    /// <summary>As many codes as <see cref="Thousand"/>, so that both processes work equally long and differ only in the number of promotions.</summary>
    public static Scenario FewLong { get; } = Production(10, 250_000);

    public static Scenario Thousand { get; } = Production(1000, 2500);

    /// <summary>Twenty promotions: so few that the start and the end weigh more than the middle.</summary>
    public static Scenario Twenty { get; } = new() { Promotions = 20 };

    /// <summary>A store of this speed, without promotions.</summary>
    public Task<SandboxServer> StartStoreAsync() => SandboxServer.StartAsync(new SandboxOptions
    {
        IncludeSeedData = false,
        CodesPerPromotion = Codes,
        RequestsPerSecond = RequestsPerSecond,
        ConcurrentJobs = ConcurrentJobs,
        BaseJobDuration = BaseJobDuration,
        DurationPerCode = DurationPerCode,
    });

    /// <summary>A production store. Shows whether the requests and the memory per promotion grow with the number of promotions.</summary>
    private static Scenario Production(int promotions, int codes) => new()
    {
        Promotions = promotions,
        Codes = codes,
        RequestsPerSecond = 100,
        BaseJobDuration = TimeSpan.FromMilliseconds(500),
        DurationPerCode = TimeSpan.FromMilliseconds(0.1),
    };
}

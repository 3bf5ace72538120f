using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// How one store and its network behave: what api-contract.md section 8 calls not known, the limits of section 3, and how often requests
/// fail. Drawn from the seed, so that the scenarios cover every kind of store.
/// </summary>
internal sealed record StoreBehaviour
{
    private static readonly Fault[] s_allWriteFaults =
    [
        Fault.NotSent, Fault.Rejected, Fault.Throttled, Fault.Throttled, Fault.LostBefore, Fault.LostBefore,
        Fault.LostAfter, Fault.LostAfter, Fault.LostAfter, Fault.ProcessedLate,
    ];

    /// <summary>
    /// How long lists may lag (api-contract.md section 3); the clients are configured with the same window. A request that the client has
    /// given up is assumed to be processed and visible within it, too: otherwise no client could know how it ended.
    /// </summary>
    public TimeSpan ConsistencyWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The chance that lists show a change late.</summary>
    public double LagChance { get; init; }

    public int PageSize { get; init; } = 100;

    /// <summary>Whether pages report the total number of records.</summary>
    public bool ReportsTotal { get; init; } = true;

    /// <summary>Whether lists of jobs and codes always return their first page (api-contract.md section 5).</summary>
    public bool IgnoresPages { get; init; }

    /// <summary>Whether pages report their offset.</summary>
    public bool ReportsOffset { get; init; }

    public JobOrder Order { get; init; }

    /// <summary>Which parameters of a job lists show.</summary>
    public ParameterEcho Echo { get; init; }

    /// <summary>What counts as one use of a code if a job does not say. That of Promotions Standard is not documented.</summary>
    public string DefaultConsumeUnit { get; init; } = ConsumeUnits.PerCheckout;

    /// <summary>How many jobs the store processes at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Whether the store begins pending jobs in any order, instead of that of their creation.</summary>
    public bool BeginsJobsInAnyOrder { get; init; }

    /// <summary>Whether lists count the codes of a job while it generates them.</summary>
    public bool CountsWhileProcessing { get; init; }

    /// <summary>The client's rate limit, in requests a second.</summary>
    public double RequestsPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>The number of codes that a promotion may have.</summary>
    public int CodesLimit { get; init; } = 100_000;

    /// <summary>How many codes one request can add or delete.</summary>
    public int MaxCodesPerRequest { get; init; } = int.MaxValue;

    /// <summary>Whether a delete is rejected if one of its codes does not exist.</summary>
    public bool RejectsMissingCodes { get; init; }

    public TimeSpan ShortestJob { get; init; } = TimeSpan.FromMilliseconds(5);

    public TimeSpan LongestJob { get; init; } = TimeSpan.FromMinutes(1);

    public double JobFailureChance { get; init; }

    /// <summary>Whether the codes of a failed job stay.</summary>
    public bool FailedJobsLeaveCodes { get; init; }

    /// <summary>Whether the codes of a cancelled job stay.</summary>
    public bool CancelledJobsLeaveCodes { get; init; }

    /// <summary>Which counts are reported of jobs that failed or were cancelled.</summary>
    public ReportedCounts ReportedCounts { get; init; }

    /// <summary>The chance that a completed job has generated fewer codes than requested.</summary>
    public double ShortBatchChance { get; init; }

    /// <summary>Whether jobs may pass through a status that the client does not know.</summary>
    public bool HasUnknownStatus { get; init; }

    /// <summary>Whether a cancelling job still counts as active.</summary>
    public bool CancellingBlocks { get; init; }

    /// <summary>
    /// How far the clocks that write <c>Date</c> are off, either way. Together with <see cref="JobSkew"/> it is at most what
    /// <see cref="JobMatch"/> tolerates.
    /// </summary>
    public TimeSpan DateSkew { get; init; }

    /// <summary>How far the clocks that write <c>created_at</c> and <c>updated_at</c> are off, either way.</summary>
    public TimeSpan JobSkew { get; init; }

    /// <summary>Whether all times of a job and of its codes come from one clock.</summary>
    public bool SingleClockPerJob { get; init; }

    public TimeSpan LongestLatency { get; init; } = TimeSpan.FromMilliseconds(300);

    public double WriteFaultChance { get; init; }

    /// <summary>The faults of writes, each entry equally likely.</summary>
    public Fault[] WriteFaults { get; init; } = s_allWriteFaults;

    public double ReadFaultChance { get; init; }

    /// <summary>The faults of reads, each entry equally likely.</summary>
    public Fault[] ReadFaults { get; init; } = [Fault.Unavailable, Fault.Unavailable, Fault.Throttled, Fault.InvalidResponse, Fault.Rejected];

    /// <summary>The start of a time in which every request fails.</summary>
    public TimeSpan OutageBegins { get; init; }

    public TimeSpan OutageEnds { get; init; }

    /// <summary>From then on, requests no longer fail by chance.</summary>
    public TimeSpan FaultsEnd { get; init; } = TimeSpan.MaxValue;

    /// <summary>Whether no request ever fails by chance.</summary>
    public bool IsFaultFree => WriteFaultChance == 0 && ReadFaultChance == 0 && OutageEnds <= OutageBegins && NewPromotionLag == TimeSpan.Zero;

    /// <summary>How long reads of a new promotion fail with 404.</summary>
    public TimeSpan NewPromotionLag { get; init; }

    /// <summary>Draws how much later lists show a change.</summary>
    public TimeSpan DrawLag(SimulatedRandom random) =>
        random.Chance(LagChance) ? random.Between(TimeSpan.Zero, ConsistencyWindow) : TimeSpan.Zero;

    public static StoreBehaviour Draw(SimulatedRandom random)
    {
        TimeSpan window = TimeSpan.FromSeconds(random.Pick(10, 60));
        TimeSpan outage = random.Chance(0.15) ? random.Between(TimeSpan.Zero, TimeSpan.FromMinutes(3)) : TimeSpan.Zero;
        TimeSpan skew = TimeSpan.FromSeconds(random.NextDouble());
        TimeSpan outageBegins = random.Between(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
        return new StoreBehaviour
        {
            ConsistencyWindow = window,
            LagChance = random.Pick(0, 0, 0.3, 0.8),
            PageSize = random.Pick(2, 3, 7, 25, 100),
            ReportsTotal = random.Chance(0.7),
            Order = random.Pick(JobOrder.OldestFirst, JobOrder.NewestFirst, JobOrder.ById),
            Echo = random.Pick(ParameterEcho.AsSent, ParameterEcho.WithDefaults, ParameterEcho.None),
            Concurrency = random.Between(1, 4),
            CodesLimit = random.Pick(1500, 100_000),
            LongestJob = random.LogUniform(TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(5)),
            JobFailureChance = random.Pick(0, 0.2),
            ShortBatchChance = random.Pick(0, 0.2),
            HasUnknownStatus = random.Chance(0.2),
            CancellingBlocks = random.Chance(0.5),
            DateSkew = skew,
            JobSkew = skew,
            LongestLatency = random.LogUniform(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)),
            WriteFaultChance = random.Pick(0, 0, 0.1, 0.1, 0.3, 0.3, 0.6, 0.6, 1),
            WriteFaults = random.Chance(0.2) ? [random.Pick<Fault>(s_allWriteFaults)] : s_allWriteFaults,
            ReadFaultChance = random.Pick(0, 0.002, 0.01, 0.1),
            OutageBegins = outageBegins,
            OutageEnds = outageBegins + outage,
            NewPromotionLag = random.Chance(0.1) ? random.Between(TimeSpan.Zero, window) : TimeSpan.Zero,
        };
    }
}

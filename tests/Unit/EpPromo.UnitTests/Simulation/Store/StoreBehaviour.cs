using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// How one store behaves: what api-contract.md section 8 calls not known, section 3's limits, and how ill the network is. Drawn from
/// the seed, so that the scenarios meet every sort of store.
/// </summary>
internal sealed record StoreBehaviour
{
    private static readonly Fault[] AllWriteFaults =
    [
        Fault.NotSent, Fault.Refused, Fault.Throttled, Fault.Throttled, Fault.LostBefore, Fault.LostBefore,
        Fault.LostAfter, Fault.LostAfter, Fault.LostAfter, Fault.ProcessedLate,
    ];

    /// <summary>
    /// How long lists may lag (api-contract.md section 3), which is also what the clients are told. A request that the client has
    /// given up for lost is assumed to be processed, and to show in the lists, within it too: no client could tell otherwise.
    /// </summary>
    public TimeSpan ConsistencyWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a change shows in the lists only later.</summary>
    public double LagChance { get; init; }

    public int PageSize { get; init; } = 100;

    /// <summary>Whether pages tell how many records there are.</summary>
    public bool TellsTotal { get; init; } = true;

    /// <summary>Whether lists of jobs and codes give their first page whatever is asked for (api-contract.md section 5).</summary>
    public bool IgnoresPages { get; init; }

    /// <summary>Whether pages tell where they begin.</summary>
    public bool TellsOffset { get; init; }

    public JobOrder Order { get; init; }

    /// <summary>How many parameters of a job the lists show.</summary>
    public ParameterEcho Echo { get; init; }

    /// <summary>How many jobs the store processes at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How many requests a second a client sends at the most.</summary>
    public double RequestsPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>Codes that a promotion may have.</summary>
    public int CodesLimit { get; init; } = 100_000;

    public TimeSpan ShortestJob { get; init; } = TimeSpan.FromMilliseconds(5);

    public TimeSpan LongestJob { get; init; } = TimeSpan.FromMinutes(1);

    public double JobFailureChance { get; init; }

    /// <summary>Whether a job that fails leaves the codes that it has made.</summary>
    public bool FailedJobsLeaveCodes { get; init; }

    /// <summary>Whether a job that is cancelled leaves the codes that it has made.</summary>
    public bool CancelledJobsLeaveCodes { get; init; }

    /// <summary>What is told of the codes of jobs that failed or were cancelled.</summary>
    public EndCounts EndCounts { get; init; }

    public double ShortBatchChance { get; init; }

    /// <summary>Whether a job passes through a status that this version of the client does not know.</summary>
    public bool HasUnknownStatus { get; init; }

    /// <summary>Whether a job that is being cancelled still counts as active.</summary>
    public bool CancellingBlocks { get; init; }

    /// <summary>
    /// How far the machines that write <c>Date</c> are off, either way. Together with <see cref="JobSkew"/> it is at most what
    /// <see cref="JobMatch"/> allows for.
    /// </summary>
    public TimeSpan DateSkew { get; init; }

    /// <summary>How far the machines that write <c>created_at</c> and <c>updated_at</c> are off, either way.</summary>
    public TimeSpan JobSkew { get; init; }

    /// <summary>Whether all times of a job and of its codes come from one machine.</summary>
    public bool OneClockAJob { get; init; }

    public TimeSpan LongestLatency { get; init; } = TimeSpan.FromMilliseconds(300);

    public double WriteFaultChance { get; init; }

    /// <summary>What goes wrong with a write, each entry as often as the others.</summary>
    public Fault[] WriteFaults { get; init; } = AllWriteFaults;

    public double ReadFaultChance { get; init; }

    /// <summary>What goes wrong with a read, each entry as often as the others.</summary>
    public Fault[] ReadFaults { get; init; } = [Fault.Unavailable, Fault.Unavailable, Fault.Throttled, Fault.BadAnswer, Fault.Refused];

    /// <summary>A time in which nothing works.</summary>
    public TimeSpan OutageBegins { get; init; }

    public TimeSpan OutageEnds { get; init; }

    /// <summary>When requests stop to go wrong by chance.</summary>
    public TimeSpan FaultsEnd { get; init; } = TimeSpan.MaxValue;

    /// <summary>Whether no request ever goes wrong.</summary>
    public bool IsCalm => WriteFaultChance == 0 && ReadFaultChance == 0 && OutageEnds <= OutageBegins && NewPromotionLag == TimeSpan.Zero;

    /// <summary>How long after its creation a promotion can be read as missing.</summary>
    public TimeSpan NewPromotionLag { get; init; }

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
            TellsTotal = random.Chance(0.7),
            Order = random.Pick(JobOrder.OldestFirst, JobOrder.NewestFirst, JobOrder.ById),
            Echo = random.Pick(ParameterEcho.AsSent, ParameterEcho.WithDefaults, ParameterEcho.None),
            Concurrency = random.Between(1, 4),
            CodesLimit = random.Pick(1500, 100_000),
            LongestJob = random.Scattered(TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(5)),
            JobFailureChance = random.Pick(0, 0.2),
            ShortBatchChance = random.Pick(0, 0.2),
            HasUnknownStatus = random.Chance(0.2),
            CancellingBlocks = random.Chance(0.5),
            DateSkew = skew,
            JobSkew = skew,
            LongestLatency = random.Scattered(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)),
            WriteFaultChance = random.Pick(0, 0, 0.1, 0.1, 0.3, 0.3, 0.6, 0.6, 1),
            WriteFaults = random.Chance(0.2) ? [random.Pick<Fault>(AllWriteFaults)] : AllWriteFaults,
            ReadFaultChance = random.Pick(0, 0.002, 0.01, 0.1),
            OutageBegins = outageBegins,
            OutageEnds = outageBegins + outage,
            NewPromotionLag = random.Chance(0.1) ? random.Between(TimeSpan.Zero, window) : TimeSpan.Zero,
        };
    }
}

namespace EpPromo.Sandbox;

/// <summary>
/// How a sandbox behaves. The defaults are what the contract calls documented or most likely, and where it calls a limit
/// unknown, the more cautious reading; what it calls unknown (section 8) can be turned the other way here, so that a client
/// is seen working both ways.
/// </summary>
public sealed record SandboxOptions
{
    /// <summary>The port of the API; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port of the file host, which hands out exported files; 0 takes a free one.</summary>
    public int FilesPort { get; init; }

    /// <summary>The address to listen on. Anything but loopback must be asked for by name.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>The client id that the token endpoint accepts.</summary>
    public string ClientId { get; init; } = "sandbox";

    /// <summary>The client secret that the token endpoint accepts.</summary>
    public string ClientSecret { get; init; } = "sandbox-secret";

    /// <summary>What every job takes once it is processing, whatever its size.</summary>
    public TimeSpan BaseJobDuration { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What each generated code adds to <see cref="BaseJobDuration"/>. An export reads a hundred codes in that time.</summary>
    public TimeSpan DurationPerCode { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a cancellation takes to bite. A job that ends by itself before then has won the race.</summary>
    public TimeSpan CancellationDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Who wins the race between a job and its cancellation.</summary>
    public CancelOutcome CancelOutcome { get; init; } = CancelOutcome.FirstToFinish;

    /// <summary>
    /// How many jobs are processed at once in the whole store; the rest are pending. How many a store takes is not known
    /// (contract section 8); one after the other, as a documentation page has it (section 3), is the most cautious reading.
    /// </summary>
    public int ConcurrentJobs { get; init; } = 1;

    /// <summary>How many codes a promotion may hold, where it has no limit of its own (contract section 3).</summary>
    public int CodesPerPromotion { get; init; } = 1000;

    /// <summary>
    /// How many requests the API port answers in any one second before it says 429; the token endpoint counts like any
    /// other. 0 means without limit.
    /// </summary>
    public int RequestsPerSecond { get; init; } = 25;

    /// <summary>Whether and how a 429 says when to come back (contract section 8).</summary>
    public RetryAfterFormat RetryAfter { get; init; } = RetryAfterFormat.None;

    /// <summary>How long a token lives (contract section 2).</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a signed link lives, in whole seconds, because that is what a signed link can say.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The page length of a list request that names none; a store setting (contract section 3).</summary>
    public int DefaultPageLength { get; init; } = 25;

    /// <summary>Whether the store starts with a few promotions and their history.</summary>
    public bool IncludeSeedData { get; init; } = true;

    /// <summary>What ids, codes and everything else random is derived from: the same seed, the same store.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock, for tests that run in virtual time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How far the server's clock is ahead of <see cref="TimeProvider"/>; it shows in Date headers and in timestamps.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>
    /// How far the lists of jobs and codes lag behind writes (contract section 3, "consistency"): they show the store as it
    /// was that long ago.
    /// </summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>
    /// How long a write holds its promotion. A second write meanwhile is answered 409 (contract section 3, "parallel
    /// writes"). Zero: writes never collide.
    /// </summary>
    public TimeSpan WriteDuration { get; init; }

    /// <summary>The order of a job list (contract section 8).</summary>
    public JobOrder JobOrder { get; init; } = JobOrder.CreatedAscending;

    /// <summary>
    /// Whether a cancelling job still blocks a new one. It is not known (contract section 8); that it does, as a documentation
    /// page lets one think (section 5), is the more cautious reading.
    /// </summary>
    public bool CancellingJobBlocksNewJob { get; init; } = true;

    /// <summary>Whether a job's counts stand under "generate_result" instead of "result" (contract section 5).</summary>
    public bool CountsUnderGenerateResult { get; init; }

    /// <summary>How the count of deleted codes looks (contract section 5).</summary>
    public DeletedCountFormat DeletedCountFormat { get; init; } = DeletedCountFormat.Zero;

    /// <summary>
    /// Whether a cancelled job's codes stay: they "may be deleted" (contract section 5). <see cref="DeletedCountFormat.AlwaysOmitted"/>
    /// leaves unsaid which it was.
    /// </summary>
    public bool KeepCodesOfCancelledJobs { get; init; }

    /// <summary>
    /// Whether a failed job shows no counts, though it may have made codes (contract section 5); <see cref="FaultAction.FailJob"/>
    /// says how many.
    /// </summary>
    public bool OmitCountsOfFailedJobs { get; init; }

    /// <summary>Whether an answer repeats a job's parameters with the defaults filled in, or only as they were sent.</summary>
    public bool EchoDefaultParameters { get; init; } = true;

    /// <summary>Whether a prefix that ends in a dash gets another (contract section 5).</summary>
    public PrefixDash PrefixDash { get; init; } = PrefixDash.WhenMissing;

    /// <summary>Whether the token's fields are wrapped in "data" (contract section 2).</summary>
    public bool WrapTokenInData { get; init; }

    /// <summary>Whether the status inside an error is a number instead of a string (contract section 4).</summary>
    public bool NumericErrorStatus { get; init; }

    /// <summary>Whether lists carry "links" (contract section 5).</summary>
    public bool IncludeLinks { get; init; } = true;

    /// <summary>Whether lists carry "meta" (contract section 5).</summary>
    public bool IncludeMeta { get; init; } = true;

    /// <summary>How "meta.results.total" was counted (contract section 3).</summary>
    public TotalMethod TotalMethod { get; init; } = TotalMethod.NotReported;

    /// <summary>Where counting stops for <see cref="TotalMethod.LowerBound"/> (contract section 3).</summary>
    public int TotalCap { get; init; } = 10_000;

    /// <summary>
    /// Whether the lists of jobs and codes ignore "page[limit]" and "page[offset]", which are not declared for them (contract
    /// sections 5 and 8): they answer with the first page, of the default length, whatever is asked for.
    /// </summary>
    public bool IgnorePagingOfJobsAndCodes { get; init; }

    /// <summary>Which filters the list of codes understands (contract section 6).</summary>
    public CodeFilterSupport CodeFilterSupport { get; init; } = CodeFilterSupport.All;

    /// <summary>What "links.next" is on the last page (contract section 5).</summary>
    public LastPageNextLink LastPageNextLink { get; init; } = LastPageNextLink.Current;

    /// <summary>The columns of an export (contract section 8). Names are matched to a code's fields in any case.</summary>
    public IReadOnlyList<string> ExportColumns { get; init; } = ["code", "max_uses", "consume_unit", "created_by", "created_at"];

    /// <summary>Whether an export starts with a byte order mark.</summary>
    public bool ExportBom { get; init; }

    /// <summary>What ends a line of an export.</summary>
    public string ExportNewLine { get; init; } = "\n";

    /// <summary>What goes wrong from the start.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>How many received requests are remembered; the oldest go first.</summary>
    public int MaxRecordedRequests { get; init; } = 100_000;
}

namespace EpPromo.Sandbox;

/// <summary>
/// How a sandbox behaves. By default it does what the contract documents or calls most likely, and where a limit is unknown, it
/// takes the stricter reading. Options for what the contract calls unknown (section 8) let tests show that a client works both
/// ways.
/// </summary>
public sealed record SandboxOptions
{
    /// <summary>The port of the API; 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>The port of the file host, which serves exported files; 0 for any free port.</summary>
    public int FilesPort { get; init; }

    /// <summary>The IP address to listen on. By default, only this machine can connect.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>The client id that the token endpoint accepts.</summary>
    public string ClientId { get; init; } = "sandbox";

    /// <summary>The client secret that the token endpoint accepts.</summary>
    public string ClientSecret { get; init; } = "sandbox-secret";

    /// <summary>How long every job is processed, whatever its size.</summary>
    public TimeSpan BaseJobDuration { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How much each generated code, or every 100 exported ones, adds to <see cref="BaseJobDuration"/>.</summary>
    public TimeSpan DurationPerCode { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a cancellation takes. By default, a job that finishes earlier is completed.</summary>
    public TimeSpan CancellationDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The outcome of the race between a job and its cancellation.</summary>
    public CancelOutcome CancelOutcome { get; init; } = CancelOutcome.FirstToFinish;

    /// <summary>
    /// How many jobs the store processes at once; the others are pending. The real limit is unknown (contract section 8); one is
    /// the strictest reading and what a documentation page says (section 3).
    /// </summary>
    public int ConcurrentJobs { get; init; } = 1;

    /// <summary>The maximum number of codes of a promotion that has no limit of its own (contract section 3).</summary>
    public int CodesPerPromotion { get; init; } = 1000;

    /// <summary>How many codes one request can add or delete; 0 for any number. The real limit is not published.</summary>
    public int MaxCodesPerRequest { get; init; }

    /// <summary>
    /// How many requests the API port accepts in any one second before it responds with 429, token requests included; 0 for no
    /// limit.
    /// </summary>
    public int RequestsPerSecond { get; init; } = 25;

    /// <summary>Whether and in which format a 429 has a Retry-After header (contract section 8).</summary>
    public RetryAfterFormat RetryAfter { get; init; } = RetryAfterFormat.None;

    /// <summary>How long a token is valid (contract section 2).</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a signed link is valid. Links expire at a whole second.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The page length of a list request that has none; a store setting (contract section 3).</summary>
    public int DefaultPageLength { get; init; } = 25;

    /// <summary>Whether the store starts with a few promotions, jobs, codes and usages.</summary>
    public bool IncludeSeedData { get; init; } = true;

    /// <summary>The seed of ids, codes and everything else that is random: the same seed gives the same store.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock, for tests that run in virtual time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How far the server's clock, and so Date headers and timestamps, is ahead of <see cref="TimeProvider"/>.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>
    /// How far the lists of jobs and codes lag behind writes: they show the store as it was that long ago (contract section 3,
    /// "consistency").
    /// </summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>
    /// How long a write to a promotion takes. Another write to the promotion in that time gets 409 (contract section 3, "parallel
    /// writes"). Zero: writes never conflict.
    /// </summary>
    public TimeSpan WriteDuration { get; init; }

    /// <summary>The order of the list of jobs (contract section 8).</summary>
    public JobOrder JobOrder { get; init; } = JobOrder.CreatedAscending;

    /// <summary>
    /// Whether a cancelling job blocks a new one. It is unknown (contract section 8); that it does is the stricter reading and
    /// what a documentation page implies (section 5).
    /// </summary>
    public bool CancellingJobBlocksNewJob { get; init; } = true;

    /// <summary>Whether a job's counts are under "generate_result" instead of "result" (contract section 5).</summary>
    public bool CountsUnderGenerateResult { get; init; }

    /// <summary>How the number of deleted codes is shown (contract section 5).</summary>
    public DeletedCountFormat DeletedCountFormat { get; init; } = DeletedCountFormat.Zero;

    /// <summary>
    /// Whether the codes of a cancelled job are kept: they "may be deleted" (contract section 5). With
    /// <see cref="DeletedCountFormat.AlwaysOmitted"/>, the response does not tell which.
    /// </summary>
    public bool KeepCodesOfCancelledJobs { get; init; }

    /// <summary>
    /// Whether the counts of a failed job are omitted although it may have made codes (contract section 5), as with
    /// <see cref="FaultAction.FailJob"/>.
    /// </summary>
    public bool OmitCountsOfFailedJobs { get; init; }

    /// <summary>
    /// Whether a request to anonymize usages, one of which is unknown, anonymizes the others. The contract does not say (section 6).
    /// </summary>
    public bool AnonymizesDespiteUnknownUsages { get; init; }

    /// <summary>Whether the parameters of a job in responses include defaults, or only what was sent.</summary>
    public bool EchoDefaultParameters { get; init; } = true;

    /// <summary>Whether a dash is added to a prefix that ends with one (contract section 5).</summary>
    public PrefixDash PrefixDash { get; init; } = PrefixDash.WhenMissing;

    /// <summary>Whether the fields of a token response are wrapped in "data" (contract section 2).</summary>
    public bool WrapTokenInData { get; init; }

    /// <summary>Whether the "status" of an error is a number instead of a string (contract section 4).</summary>
    public bool NumericErrorStatus { get; init; }

    /// <summary>Whether lists have "links" (contract section 5).</summary>
    public bool IncludeLinks { get; init; } = true;

    /// <summary>Whether lists have "meta" (contract section 5).</summary>
    public bool IncludeMeta { get; init; } = true;

    /// <summary>How "meta.results.total" is counted (contract section 3).</summary>
    public TotalMethod TotalMethod { get; init; } = TotalMethod.NotReported;

    /// <summary>The highest total that <see cref="TotalMethod.LowerBound"/> reports (contract section 3).</summary>
    public int TotalCap { get; init; } = 10_000;

    /// <summary>
    /// Whether the lists of jobs and codes ignore "page[limit]" and "page[offset]", which are not declared for them (contract
    /// sections 5 and 8), and always return the first page, with the default length.
    /// </summary>
    public bool IgnorePagingOfJobsAndCodes { get; init; }

    /// <summary>Which filters the list of codes supports (contract section 6).</summary>
    public CodeFilterSupport CodeFilterSupport { get; init; } = CodeFilterSupport.All;

    /// <summary>The value of "links.next" on the last page (contract section 5).</summary>
    public LastPageNextLink LastPageNextLink { get; init; } = LastPageNextLink.Current;

    /// <summary>The columns of an export (contract section 8): names of a code's fields, case-insensitive.</summary>
    public IReadOnlyList<string> ExportColumns { get; init; } = ["code", "max_uses", "consume_unit", "created_by", "created_at"];

    /// <summary>Whether an export starts with a byte order mark.</summary>
    public bool ExportBom { get; init; }

    /// <summary>The line ending of an export.</summary>
    public string ExportNewLine { get; init; } = "\n";

    /// <summary>The fault rules that are active from the start.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>How many of the most recent requests are recorded at least.</summary>
    public int MaxRecordedRequests { get; init; } = 100_000;
}

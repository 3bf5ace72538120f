namespace EpPromo.Stores;

/// <summary>How to talk to a store.</summary>
internal sealed record StoreOptions
{
    /// <summary>The default of <see cref="MaxRequestsPerSecond"/>: what a development store grants (api-contract.md section 3).</summary>
    internal const double DefaultMaxRequestsPerSecond = 25;

    /// <summary>The default of <see cref="ConsistencyWindow"/>.</summary>
    internal static readonly TimeSpan DefaultConsistencyWindow = TimeSpan.FromSeconds(60);

    /// <summary>The store's base URL (<see cref="StoreAddress.Parse"/>).</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>Who asks.</summary>
    public required StoreCredential Credential { get; init; }

    /// <summary>The organization whose key asks and which of its stores it asks, or null for the key of a store.</summary>
    public StoreOrganization? Organization { get; init; }

    /// <summary>The <c>User-Agent</c> of every request, to the API and to the hosts of files.</summary>
    public string UserAgent { get; init; } = "EpPromo";

    /// <summary>Refuse every write before it is sent.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The most requests a second; the store's responses can lower it.</summary>
    public double MaxRequestsPerSecond { get; init; } = DefaultMaxRequestsPerSecond;

    /// <summary>How long one try of a request may take until its headers are here.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a body may stand still.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a call may take with all its tries; waiting for one's turn in the rate limit does not count, a pause that the store asks for does.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The first pause before a try is repeated; it doubles, jittered, up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The longest pause of our own before a try is repeated. A <c>Retry-After</c> is waited to its end, and up to a quarter longer; where
    /// <see cref="CallTimeout"/> does not leave that time, the call ends at once.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a list may lag behind a write (api-contract.md section 3, consistency).</summary>
    public TimeSpan ConsistencyWindow { get; init; } = DefaultConsistencyWindow;

    /// <summary>
    /// The longest answer read into memory, in bytes; export files are streamed and have no such limit. A page has 100 records at most
    /// (api-contract.md section 3), which leaves each of them 40 KB; and JSON takes up to sixty times its length once it is read.
    /// </summary>
    public int MaxResponseBytes { get; init; } = 4 * 1024 * 1024;
}

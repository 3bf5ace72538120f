using EpPromo.Api;

namespace EpPromo.Stores;

/// <summary>Where a store is, the credentials for it, and the limits that its requests keep.</summary>
internal sealed record StoreOptions
{
    /// <summary>The default of <see cref="MaxRequestsPerSecond"/>: what a development store grants (api-contract.md section 3).</summary>
    internal const double DefaultMaxRequestsPerSecond = 25;

    /// <summary>The default of <see cref="ConsistencyWindow"/>.</summary>
    internal static readonly TimeSpan DefaultConsistencyWindow = TimeSpan.FromSeconds(60);

    /// <summary>The name that the user has given the store, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The name of the store in messages and tables: the given one, else its host.</summary>
    public string DisplayName => Name ?? BaseUri.Authority;

    /// <summary>The store's base URL (<see cref="StoreAddress.Parse"/>).</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>What the store is accessed with.</summary>
    public required StoreCredential Credential { get; init; }

    /// <summary>For the key of an organization, the organization and which of its stores is accessed. Null for the key of a store.</summary>
    public StoreOrganization? Organization { get; init; }

    /// <summary>The <c>User-Agent</c> of every request, to the API and to the hosts of files.</summary>
    public string UserAgent { get; init; } = "EpPromo";

    /// <summary>
    /// Why every write is rejected before it is sent, as part of a message; null if writes are allowed. Called at each write.
    /// </summary>
    public Func<string?> ReadOnlyReason { get; init; } = static () => null;

    /// <summary>The maximum of requests a second. The store's responses can lower the rate.</summary>
    public double MaxRequestsPerSecond { get; init; } = DefaultMaxRequestsPerSecond;

    /// <summary>How long one attempt of a request may take until the response headers arrive.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the next piece of a body may take.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a call may take with all its attempts. Waiting for the rate limit does not count; a pause that the store asks for does.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = RetryLimit.Default;

    /// <summary>The delay before the first retry. It doubles with each, jittered, up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The maximum delay before a retry. A <c>Retry-After</c> has no maximum: it is waited to its end, and up to a quarter longer. When
    /// <see cref="CallTimeout"/> does not leave that time, the call fails at once.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a list may lag behind a write (api-contract.md section 3, consistency).</summary>
    public TimeSpan ConsistencyWindow { get; init; } = DefaultConsistencyWindow;

    /// <summary>
    /// The longest response read into memory, in bytes. Export files are streamed and have no such limit. A page has 100 records at most
    /// (api-contract.md section 3), which leaves each of them 40 KB. Parsed, JSON of many tiny values takes up to twenty times its length.
    /// </summary>
    public int MaxResponseBytes { get; init; } = 4 * 1024 * 1024;
}

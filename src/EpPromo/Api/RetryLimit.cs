namespace EpPromo.Api;

/// <summary>How long and how often a request may be retried.</summary>
internal static class RetryLimit
{
    /// <summary>
    /// How long one call retries, or waits because the store responds with 429. It is the default for requests
    /// (<c>StoreOptions.CallTimeout</c>), and creates and cancels keep to it as well (docs/guarantees.md).
    /// </summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(2);

    /// <summary>How often a write is sent whose responses are lost, or that conflicts with others; responses of 429 are not counted.</summary>
    public const int MaxSends = 6;
}

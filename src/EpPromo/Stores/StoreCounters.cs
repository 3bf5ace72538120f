namespace EpPromo;

/// <summary>Counts of what a store connection has done. Thread-safe.</summary>
public sealed class StoreCounters
{
    private long _requests;
    private long _retries;
    private long _throttled;
    private long _tokenRefreshes;

    /// <summary>Requests sent, including token requests and retries.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that retried an earlier one.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Responses with status 429.</summary>
    public long Throttled => Interlocked.Read(ref _throttled);

    /// <summary>Tokens requested.</summary>
    public long TokenRefreshes => Interlocked.Read(ref _tokenRefreshes);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountRetry() => Interlocked.Increment(ref _retries);

    internal void CountThrottled() => Interlocked.Increment(ref _throttled);

    internal void CountTokenRefresh() => Interlocked.Increment(ref _tokenRefreshes);
}

namespace EpPromo;

/// <summary>What a store connection has done so far. Safe to count from any thread.</summary>
public sealed class StoreCounters
{
    private long _requests;
    private long _retries;
    private long _throttled;
    private long _tokenRefreshes;

    /// <summary>Requests sent, token requests and repeats included.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that repeated an earlier one.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Answers of 429.</summary>
    public long Throttled => Interlocked.Read(ref _throttled);

    /// <summary>Tokens asked for.</summary>
    public long TokenRefreshes => Interlocked.Read(ref _tokenRefreshes);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountRetry() => Interlocked.Increment(ref _retries);

    internal void CountThrottled() => Interlocked.Increment(ref _throttled);

    internal void CountTokenRefresh() => Interlocked.Increment(ref _tokenRefreshes);
}

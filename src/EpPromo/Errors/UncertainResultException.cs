namespace EpPromo;

/// <summary>A write was sent without a usable response: it may or may not have been processed (docs/guarantees.md).</summary>
public sealed class UncertainResultException : EpPromoException
{
    /// <summary>A write to <paramref name="path"/> whose outcome is unknown because of <paramref name="reason"/>.</summary>
    /// <param name="path">The path of the request.</param>
    /// <param name="reason">Why there is no response.</param>
    /// <param name="throttled">Whether the store throttled the request (429).</param>
    /// <param name="retryAfter">How long the store asks to wait, or null.</param>
    /// <param name="inner">The cause, or null.</param>
    internal UncertainResultException(
        string path, string reason, bool throttled = false, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(inner, ErrorKind.Uncertain, nameof(SR.WriteUncertain), path, reason)
    {
        Reason = reason;
        Throttled = throttled;
        RetryAfter = retryAfter;
    }

    /// <summary>Why there is no response.</summary>
    public string Reason { get; }

    /// <summary>Whether the store throttled the request (429): very likely nothing was changed.</summary>
    public bool Throttled { get; }

    /// <summary>How long the store asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; }
}

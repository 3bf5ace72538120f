namespace EpPromo;

/// <summary>A write was sent and no usable answer came: it may or may not have been carried out (docs/guarantees.md).</summary>
public sealed class UncertainResultException : EpPromoException
{
    /// <summary>A write to <paramref name="path"/> whose outcome is unknown because of <paramref name="reason"/>.</summary>
    /// <param name="path">What was called.</param>
    /// <param name="reason">Why there is no answer.</param>
    /// <param name="throttled">Whether the store turned the request away to slow us down (429).</param>
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

    /// <summary>Why there is no answer.</summary>
    public string Reason { get; }

    /// <summary>Whether the store turned the request away to slow us down (429): very likely nothing was done.</summary>
    public bool Throttled { get; }

    /// <summary>How long the store asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; }
}

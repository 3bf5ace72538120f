namespace EpPromo.Sandbox;

/// <summary>Whether and how a 429 says when to come back (contract sections 3 and 8).</summary>
public enum RetryAfterFormat
{
    /// <summary>No Retry-After header.</summary>
    None,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>An HTTP date.</summary>
    Date,
}

namespace EpPromo.Sandbox;

/// <summary>Whether and in which format a response has a Retry-After header (contract sections 3 and 8).</summary>
public enum RetryAfterFormat
{
    /// <summary>No header.</summary>
    None,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>An HTTP date.</summary>
    Date,
}

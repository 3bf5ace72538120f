namespace EpPromo.Http.Transport;

/// <summary>Why an attempt of a request brought nothing usable.</summary>
internal enum AttemptFailure
{
    /// <summary>Nothing was sent: the request was certainly not carried out.</summary>
    NotSent,

    /// <summary>The time of the attempt is over.</summary>
    TimedOut,

    /// <summary>The connection broke after some of the request may have been sent.</summary>
    Broken,

    /// <summary>The response is an error.</summary>
    Refused,

    /// <summary>The response is a redirect. Those are not followed, because the token must not go along (docs/guarantees.md).</summary>
    Redirected,

    /// <summary>The response is a success, but not what api-contract.md says.</summary>
    Unreadable,

    /// <summary>The response is too long to be read.</summary>
    TooLarge,
}

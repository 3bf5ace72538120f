namespace EpPromo.Http.Transport;

/// <summary>Why an attempt of a request failed.</summary>
internal enum AttemptFailure
{
    /// <summary>Nothing was sent: the request was certainly not carried out.</summary>
    NotSent,

    /// <summary>The attempt took too long.</summary>
    TimedOut,

    /// <summary>The connection broke after some of the request may have been sent.</summary>
    Broken,

    /// <summary>The response is an error.</summary>
    Refused,

    /// <summary>
    /// The response is a redirect. Redirects are not followed, because the token must not be sent elsewhere (docs/guarantees.md).
    /// </summary>
    Redirected,

    /// <summary>The response is a success, but not what api-contract.md says.</summary>
    Unreadable,

    /// <summary>The response exceeds the size limit.</summary>
    TooLarge,
}

namespace EpPromo.Sandbox;

/// <summary>What a fault does. The command line and the admin endpoint write the names in kebab case, such as "drop-after".</summary>
public enum FaultAction
{
    /// <summary>
    /// Responds with <see cref="FaultRule.Status"/> and <see cref="FaultRule.Body"/> instead of processing the request, or after
    /// it if <see cref="FaultRule.After"/> is set; with a Retry-After header if <see cref="FaultRule.RetryAfter"/> is set.
    /// </summary>
    Status,

    /// <summary>Drops the connection before the request is processed.</summary>
    DropBefore,

    /// <summary>Processes the request, then drops the connection: the response is lost.</summary>
    DropAfter,

    /// <summary>Waits for <see cref="FaultRule.Time"/> before it processes the request.</summary>
    Delay,

    /// <summary>Processes the request, then sends nothing for <see cref="FaultRule.Time"/>, or ever.</summary>
    StallHeaders,

    /// <summary>Processes the request and sends half of the response, then nothing for <see cref="FaultRule.Time"/>, or ever.</summary>
    StallBody,

    /// <summary>Processes the request, sends the headers and half of the body, and closes the connection.</summary>
    Truncate,

    /// <summary>Processes the request and responds with a complete body that is not valid.</summary>
    Malformed,

    /// <summary>Processes the request and pads the response with <see cref="FaultRule.Size"/> bytes; it stays valid.</summary>
    Oversized,

    /// <summary>Processes the request and replaces some values of the response with values of other types.</summary>
    WrongTypes,

    /// <summary>Returns a list as it was <see cref="FaultRule.Time"/> ago, by default a minute.</summary>
    ListLag,

    /// <summary>Revokes every token before the request is processed.</summary>
    RevokeTokens,

    /// <summary>Makes every signed link expire before the request is processed.</summary>
    ExpireLinks,

    /// <summary>Responds with a redirect to <see cref="FaultRule.Url"/> instead of processing the request.</summary>
    Redirect,

    /// <summary>Makes the new job fail after it has made <see cref="FaultRule.Count"/> codes, by default none.</summary>
    FailJob,

    /// <summary>Makes the new job complete with only <see cref="FaultRule.Count"/> codes, by default none.</summary>
    ShortJob,
}

namespace EpPromo.Sandbox;

/// <summary>What goes wrong. On the command line and in the admin endpoint the names are written like "drop-after".</summary>
public enum FaultAction
{
    /// <summary>
    /// Answers with <see cref="FaultRule.Status"/> and <see cref="FaultRule.Body"/>, without doing the work, or after it
    /// where <see cref="FaultRule.After"/> says so; with a Retry-After where <see cref="FaultRule.RetryAfter"/> does.
    /// </summary>
    Status,

    /// <summary>Drops the connection before the work is done.</summary>
    DropBefore,

    /// <summary>Does the work, then drops the connection: the answer is lost.</summary>
    DropAfter,

    /// <summary>Waits for <see cref="FaultRule.Time"/> before it does the work.</summary>
    Delay,

    /// <summary>Does the work, then says nothing for <see cref="FaultRule.Time"/>, or for ever.</summary>
    StallHeaders,

    /// <summary>Does the work, sends half of the answer, then stalls for <see cref="FaultRule.Time"/>, or for ever.</summary>
    StallBody,

    /// <summary>Does the work, announces the whole answer, sends half of it and closes the connection.</summary>
    Truncate,

    /// <summary>Does the work and answers with a body that cannot be read, well framed.</summary>
    Malformed,

    /// <summary>Does the work and blows the answer up to <see cref="FaultRule.Size"/> bytes; it stays readable.</summary>
    Oversized,

    /// <summary>Does the work and turns some values of the answer into values of other types.</summary>
    WrongTypes,

    /// <summary>Answers a list as it was <see cref="FaultRule.Time"/> ago; a minute, if no time is given.</summary>
    ListLag,

    /// <summary>Kills every token before the request is looked at.</summary>
    RevokeTokens,

    /// <summary>Lets every signed link expire before the request is looked at.</summary>
    ExpireLinks,

    /// <summary>Answers with a redirect to <see cref="FaultRule.Url"/>, without doing the work.</summary>
    Redirect,

    /// <summary>Lets the job that is created fail, after it has made <see cref="FaultRule.Count"/> codes (none by default).</summary>
    FailJob,

    /// <summary>Lets the job that is created complete with only <see cref="FaultRule.Count"/> codes (none by default).</summary>
    ShortJob,
}

namespace EpPromo;

/// <summary>What sort of thing went wrong; the cmdlets turn it into a PowerShell error category.</summary>
public enum ErrorKind
{
    /// <summary>A value that was given cannot be right.</summary>
    InvalidArgument,

    /// <summary>No store is connected, or the credentials were refused.</summary>
    NotAuthenticated,

    /// <summary>The credentials are good but may not do this.</summary>
    PermissionDenied,

    /// <summary>A promotion, job or code that does not exist.</summary>
    NotFound,

    /// <summary>Something else is in the way for now.</summary>
    Busy,

    /// <summary>A limit of the store or of the API.</summary>
    LimitExceeded,

    /// <summary>The store refused for a reason of its own.</summary>
    Refused,

    /// <summary>No answer could be had.</summary>
    Unavailable,

    /// <summary>An answer came that makes no sense.</summary>
    InvalidResponse,

    /// <summary>The time given was over first.</summary>
    Timeout,

    /// <summary>Whether it happened could not be found out.</summary>
    Uncertain,

    /// <summary>A job ended failed or cancelled.</summary>
    JobEnded,

    /// <summary>A file exists already, or a file or folder cannot be written.</summary>
    File,
}

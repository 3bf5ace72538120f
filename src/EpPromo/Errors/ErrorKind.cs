namespace EpPromo;

/// <summary>The kind of an error, which determines its PowerShell error category.</summary>
public enum ErrorKind
{
    /// <summary>An argument is invalid.</summary>
    InvalidArgument,

    /// <summary>No store is connected, or the credentials were rejected.</summary>
    NotAuthenticated,

    /// <summary>The credentials are valid but lack the permission.</summary>
    PermissionDenied,

    /// <summary>A promotion, job or code does not exist.</summary>
    NotFound,

    /// <summary>Something else blocks the operation for now.</summary>
    Busy,

    /// <summary>A limit of the store or of the API is exceeded.</summary>
    LimitExceeded,

    /// <summary>The store rejected the request for a reason of its own.</summary>
    Refused,

    /// <summary>There was no response.</summary>
    Unavailable,

    /// <summary>The response is malformed.</summary>
    InvalidResponse,

    /// <summary>The timeout expired.</summary>
    Timeout,

    /// <summary>It is unknown whether the operation took place.</summary>
    Uncertain,

    /// <summary>A job ended failed or cancelled.</summary>
    JobEnded,

    /// <summary>A file exists already, or a file or folder cannot be written.</summary>
    File,
}

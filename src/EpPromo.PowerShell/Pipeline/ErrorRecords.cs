using System.Management.Automation;
using EpPromo.PowerShell.Loading;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>Converts exceptions to error records.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record for <paramref name="error"/>: stable id, category and recommended action.</summary>
    public static ErrorRecord From(Exception error, object? target)
    {
        if ((error as EpPromoException ?? MissingLibrary.Explain(error)) is not { } known)
        {
            // A defect of this module: report the exception itself.
            return new ErrorRecord(error, "UnexpectedError", ErrorCategory.NotSpecified, target);
        }

        return new ErrorRecord(known, known.ErrorId, CategoryOf(known.Kind), target)
        {
            ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = known.RecommendedAction },
        };
    }

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.NotAuthenticated => ErrorCategory.AuthenticationError,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.LimitExceeded => ErrorCategory.LimitsExceeded,
        ErrorKind.Refused => ErrorCategory.InvalidOperation,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.InvalidResponse => ErrorCategory.InvalidData,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.Uncertain => ErrorCategory.InvalidResult,
        ErrorKind.JobEnded => ErrorCategory.OperationStopped,
        ErrorKind.File => ErrorCategory.WriteError,
        _ => ErrorCategory.NotSpecified,
    };
}

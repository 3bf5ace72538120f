using System.Management.Automation;
using EpPromo.PowerShell.Loading;
using EpPromo.Text;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>Converts exceptions to error records.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record for <paramref name="error"/>: stable id, category and recommended action.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="target">What the error is about.</param>
    /// <param name="subject">
    /// What the message is to name, if it does not yet: after a table of 300 rows, a message about a number alone does not say which row it is.
    /// </param>
    public static ErrorRecord From(Exception error, object? target, string? subject = null)
    {
        if ((error as EpPromoException ?? MissingLibrary.Explain(error)) is not { } known)
        {
            // A defect of this module: report the exception itself.
            return new ErrorRecord(error, "UnexpectedError", ErrorCategory.NotSpecified, target);
        }

        return new ErrorRecord(known, known.ErrorId, CategoryOf(known.Kind), target)
        {
            ErrorDetails = new ErrorDetails(WithSubject(known.Message, subject)) { RecommendedAction = known.RecommendedAction },
        };
    }

    private static string WithSubject(string message, string? subject) =>
        string.IsNullOrEmpty(subject) || message.Contains(subject) ? message : DisplayText.Clean($"{subject}: {message}");

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

namespace EpPromo;

/// <summary>The statuses of a job, in the API's words (api-contract.md section 5).</summary>
public static class JobStatuses
{
    /// <summary>Waiting for its turn.</summary>
    public const string Pending = "pending";

    /// <summary>At work.</summary>
    public const string Processing = "processing";

    /// <summary>Done.</summary>
    public const string Completed = "completed";

    /// <summary>Ended with an error.</summary>
    public const string Failed = "failed";

    /// <summary>Asked to stop; ends <see cref="Cancelled"/>, or <see cref="Completed"/> when it was faster.</summary>
    public const string Cancelling = "cancelling";

    /// <summary>Stopped. Its codes may be deleted: <see cref="PromotionJob.Deleted"/> tells, where it is there.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The ones this version knows. Not a fixed set: the store may know more.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Processing, Completed, Failed, Cancelling, Cancelled];

    /// <summary>Whether <paramref name="status"/> never changes again. A word this version does not know is not finished: it is waited on.</summary>
    public static bool IsFinished(string status) =>
        IsCompleted(status) || Is(status, Failed) || Is(status, Cancelled);

    /// <summary>
    /// Whether <paramref name="status"/> means that the job's work is there. The reference writes <c>complete</c> in one place
    /// and <c>completed</c> everywhere else (api-contract.md section 5), so both are taken.
    /// </summary>
    public static bool IsCompleted(string status) => Is(status, Completed) || Is(status, "complete");

    /// <summary>Whether two words mean the same status: in any case, and completed in either spelling.</summary>
    public static bool AreSame(string one, string other) => Is(one, other) || (IsCompleted(one) && IsCompleted(other));

    internal static bool Is(string status, string word) => string.Equals(status, word, StringComparison.OrdinalIgnoreCase);
}

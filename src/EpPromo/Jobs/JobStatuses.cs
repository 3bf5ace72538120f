namespace EpPromo;

/// <summary>The statuses of a job, in the API's words (api-contract.md section 5).</summary>
public static class JobStatuses
{
    /// <summary>Waiting to be processed.</summary>
    public const string Pending = "pending";

    /// <summary>Being processed.</summary>
    public const string Processing = "processing";

    /// <summary>Completed.</summary>
    public const string Completed = "completed";

    /// <summary>Ended with an error.</summary>
    public const string Failed = "failed";

    /// <summary>Being cancelled; it ends as <see cref="Cancelled"/>, or <see cref="Completed"/> if it was faster.</summary>
    public const string Cancelling = "cancelling";

    /// <summary>Cancelled. Its codes may have been deleted: see <see cref="PromotionJob.Deleted"/>, if the store reports it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The statuses that this version knows. The store may have others.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Processing, Completed, Failed, Cancelling, Cancelled];

    /// <summary>Whether <paramref name="status"/> is final. An unknown status is not: EpPromo keeps waiting.</summary>
    public static bool IsFinished(string status) =>
        IsCompleted(status) || Is(status, Failed) || Is(status, Cancelled);

    /// <summary>
    /// Whether <paramref name="status"/> means that the job has done its work. The reference writes <c>complete</c> in one place and
    /// <c>completed</c> everywhere else (api-contract.md section 5), so both are accepted.
    /// </summary>
    public static bool IsCompleted(string status) => Is(status, Completed) || Is(status, "complete");

    /// <summary>Whether two words mean the same status, ignoring case and the two spellings of completed.</summary>
    public static bool AreSame(string one, string other) => Is(one, other) || (IsCompleted(one) && IsCompleted(other));

    internal static bool Is(string status, string word) => string.Equals(status, word, StringComparison.OrdinalIgnoreCase);
}

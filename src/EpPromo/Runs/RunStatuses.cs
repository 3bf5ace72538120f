namespace EpPromo.Runs;

/// <summary>The statuses of a run as its jobs show it; the words of the API where it has one.</summary>
internal static class RunStatuses
{
    /// <summary>A job of the run has not ended.</summary>
    public const string Processing = JobStatuses.Processing;

    /// <summary>No job is active, and no code is missing.</summary>
    public const string Completed = JobStatuses.Completed;

    /// <summary>No job is active, and codes are missing, or may be: the run was interrupted, has failed, or is between two jobs.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Processing, Incomplete, Completed];

    /// <summary>The status of a run with parts of these statuses.</summary>
    public static string Of(IEnumerable<string> parts)
    {
        HashSet<string> all = [.. parts];
        return All.FirstOrDefault(all.Contains) ?? Incomplete;
    }
}

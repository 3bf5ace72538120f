namespace EpPromo.Reports;

/// <summary>How a job ended, as a report counts it.</summary>
internal enum JobOutcome
{
    /// <summary>It completed.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It had not ended.</summary>
    Active,
}

namespace EpPromo.Recipients;

/// <summary>What a merge finds out about a row of the files of an earlier one.</summary>
[Flags]
internal enum RecordState
{
    None = 0,

    /// <summary>The recipient is in the new list.</summary>
    IsInList = 1,

    /// <summary>
    /// The row is one of a former recipient whom the merged file has too: they returned with an earlier merge, which was interrupted before
    /// it removed the row.
    /// </summary>
    IsCopy = 2,
}

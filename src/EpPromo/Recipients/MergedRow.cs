namespace EpPromo.Recipients;

/// <summary>A recipient with a code.</summary>
/// <param name="Columns">The columns of the merged list, shared by all its rows.</param>
/// <param name="Values">The row's values, one for each column. The array is used again for the next row.</param>
/// <param name="IsNew">Whether this merge gave the recipient the code.</param>
internal readonly record struct MergedRow(IReadOnlyList<string> Columns, string[] Values, bool IsNew);

using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>A row of the new list, with the code that its recipient has already.</summary>
/// <param name="Kind">What becomes of the row.</param>
/// <param name="Old">The code of the recipient, then their values in the columns that only the files have; empty if they are new.</param>
/// <param name="Values">The values of the row, in the order of the list's columns; later columns are missing.</param>
internal readonly record struct MatchedRow(MatchKind Kind, string?[] Old, string?[] Values)
{
    /// <param name="row">The row as it was written.</param>
    /// <param name="oldLength">The length of <see cref="Old"/> of a recipient who has a code.</param>
    public static MatchedRow From(SpoolRow row, int oldLength)
    {
        MatchKind kind = (MatchKind)row.Number;
        int split = kind == MatchKind.Kept ? oldLength : 0;
        return new MatchedRow(kind, row.Slice(0, split), row.ValuesFrom(split));
    }

    public SpoolRow ToSpoolRow() => new((long)Kind, [.. Old, .. Values]);
}

using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>A row of a file that records who has which code.</summary>
/// <param name="RowNumber">Its number in the file, as a spreadsheet shows it.</param>
/// <param name="IsFormer">Whether it is in the file of former recipients, not in the merged file.</param>
/// <param name="Key">
/// The recipient, or null: somebody was removed from the file, but their code must not be given to another.
/// </param>
/// <param name="Code">Their code.</param>
/// <param name="Extras">The values in the columns that only the files have.</param>
internal sealed record RecordRow(long RowNumber, bool IsFormer, string? Key, string Code, string?[] Extras)
{
    private const int KeyPosition = 0;
    private const int CodePosition = 1;
    private const int ExtrasPosition = 2;

    public static RecordRow From(SpoolRow row) => new(
        row.Number >> 1, (row.Number & 1) != 0, row.Values[KeyPosition], row.Values[CodePosition]!, row.ValuesFrom(ExtrasPosition));

    /// <summary>Whether it is read after another one: the merged file is read first.</summary>
    public bool IsAfter(RecordRow other) => IsFormer == other.IsFormer ? RowNumber > other.RowNumber : IsFormer;

    public SpoolRow ToSpoolRow() => new((RowNumber << 1) | (IsFormer ? 1L : 0), [Key, Code, .. Extras]);
}

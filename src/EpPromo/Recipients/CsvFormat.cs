namespace EpPromo.Recipients;

/// <summary>How a CSV file is written, so that a file that is replaced keeps it.</summary>
/// <param name="Delimiter">What separates the values of a row.</param>
/// <param name="HasByteOrderMark">Whether the file starts with a byte order mark.</param>
internal sealed record CsvFormat(char Delimiter, bool HasByteOrderMark)
{
    /// <summary>A comma and no mark, as Export-Csv writes.</summary>
    public static CsvFormat Default { get; } = new(',', false);
}

namespace EpPromo.Recipients;

/// <summary>Reads and writes tables as CSV files (RFC 4180) with a header.</summary>
internal interface ICsvTables
{
    /// <summary>Reads the header of a table; its rows follow one by one.</summary>
    /// <param name="file">The whole file, positioned at its start; it must be seekable and stays open.</param>
    /// <param name="invalid">Creates the error about the file from the reason why it is not CSV with a header row.</param>
    /// <exception cref="EpPromoException">The file is not CSV with a header row.</exception>
    ICsvTableReader Read(Stream file, Func<string, EpPromoException> invalid);

    /// <summary>Writes the header of a table, in UTF-8.</summary>
    /// <param name="destination">An empty stream. It stays open.</param>
    /// <param name="format">How to write it.</param>
    /// <param name="columns">The names of the columns.</param>
    ICsvTableWriter Write(Stream destination, CsvFormat format, IReadOnlyList<string> columns);
}

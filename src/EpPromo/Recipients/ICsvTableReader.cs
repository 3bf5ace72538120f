namespace EpPromo.Recipients;

/// <summary>A CSV table that is read row by row.</summary>
internal interface ICsvTableReader : IDisposable
{
    /// <summary>The names in the header, without white space around them.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>How the file is written.</summary>
    CsvFormat Format { get; }

    /// <summary>The number of the current row; the header is row 1, as in a spreadsheet.</summary>
    int RowNumber { get; }

    /// <summary>Advances to the next row that is not blank; false at the end.</summary>
    /// <exception cref="EpPromoException">The row cannot be read, or has more values than the header has columns.</exception>
    bool Read();

    /// <summary>A value of the current row, unchanged; empty if the row is shorter.</summary>
    string Value(int column);
}

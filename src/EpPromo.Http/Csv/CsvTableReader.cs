using System.Text;
using EpPromo.Recipients;

namespace EpPromo.Http.Csv;

/// <summary>Reads a CSV table row by row. Its values are returned unchanged, with line breaks and control characters.</summary>
internal sealed class CsvTableReader : ICsvTableReader
{
    private readonly StreamReader _text;
    private readonly CsvRows _rows;
    private readonly string[] _columns;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file, positioned at its start; it must be seekable and stays open.</param>
    /// <param name="invalid">Creates the error about the file from the reason why it is not CSV with a header row.</param>
    /// <exception cref="EpPromoException">The file is not CSV with a header row, or columns have no name or the same.</exception>
    public CsvTableReader(Stream file, Func<string, EpPromoException> invalid)
    {
        long start = file.Position;
        bool hasMark = ExportCsvEncoding.Detect(file).ByteOrderMark.Length > 0;
        file.Position = start;
        using (StreamReader header = OpenText(file))
        {
            try
            {
                Format = new CsvFormat(CsvDelimiter.Detect(header), hasMark);
            }
            catch (DecoderFallbackException)
            {
                throw invalid(SR.DetailNotUtf8);
            }
        }

        file.Position = start;
        _text = OpenText(file);
        _rows = new CsvRows(_text, Format.Delimiter, invalid);
        _rows.Read();
        _columns = ReadHeader();
    }

    public IReadOnlyList<string> Columns => _columns;

    public CsvFormat Format { get; }

    public int RowNumber => _rows.Number;

    public bool Read()
    {
        while (_rows.Read())
        {
            _rows.Validate(_columns.Length);
            if (HasValue())
            {
                return true;
            }
        }

        return false;
    }

    public string Value(int column) => _rows.Value(column);

    public void Dispose()
    {
        _rows.Dispose();
        _text.Dispose();
    }

    /// <summary>A spreadsheet leaves rows of empty values at the end of a table.</summary>
    private bool HasValue()
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_rows.Value(i).Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static StreamReader OpenText(Stream file) => new(
        file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, CsvRows.BufferLength, leaveOpen: true);

    /// <summary>A spreadsheet adds empty columns at the end. Any other column has a name of its own.</summary>
    private string[] ReadHeader()
    {
        List<string> names = [.. Enumerable.Range(0, _rows.ValueCount).Select(column => _rows.Value(column).Trim())];
        names.RemoveRange(names.FindLastIndex(name => name.Length > 0) + 1, names.Count - names.FindLastIndex(name => name.Length > 0) - 1);
        _rows.Validate(names.Count);
        return names.Contains("") ? throw _rows.Invalid(SR.DetailColumnWithoutName)
            : names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } repeated
                ? throw _rows.Invalid(SR.DetailColumnRepeated, repeated.Key)
                : [.. names];
    }
}

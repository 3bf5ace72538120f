using System.Text;
using EpPromo.Text;
using Sylvan.Data.Csv;

namespace EpPromo.Http.Csv;

/// <summary>
/// Reads the rows of a CSV file one by one, starting with the header. Each row gives its values and its original text. A file that is not
/// CSV with a header row (empty, HTML, JSON, binary) is an error.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    public const int BufferLength = 16 * 1024;
    private const int MaxRowLength = 1024 * 1024;

    private readonly Func<string, EpPromoException> _invalid;
    private readonly CsvDataReader _csv;
    private char[] _buffer = new char[256];

    /// <summary>Reads a file.</summary>
    /// <param name="text">The file; it stays open.</param>
    /// <param name="delimiter">What separates its values.</param>
    /// <param name="invalid">Creates the error about the file from the reason why it is not valid.</param>
    /// <exception cref="EpPromoException">The text is not CSV.</exception>
    public CsvRows(TextReader text, char delimiter, Func<string, EpPromoException> invalid)
    {
        _invalid = invalid;
        CsvDataReaderOptions options = new()
        {
            // The header is read as a row, because column names can be empty or repeated.
            HasHeaders = false,
            Delimiter = delimiter,

            // By default the library skips lines that start with # as comments, but a code can start with #. U+FFFF occurs in no text.
            Comment = '\uFFFF',
            BufferSize = BufferLength,
            MaxBufferSize = MaxRowLength,
            OwnsReader = false,
        };
        try
        {
            ValidateStart(text.Peek());
            _csv = CsvDataReader.Create(text, options);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Invalid(SR.DetailCsvUnreadableRow, 1);
        }
    }

    /// <summary>The number of the current row; the header is row 1.</summary>
    public int Number { get; private set; }

    /// <summary>The number of values in the current row.</summary>
    public int ValueCount => _csv.RowFieldCount;

    /// <summary>Advances to the next row that is not blank; false at the end of the file.</summary>
    /// <exception cref="EpPromoException">The row is malformed, or the file has no rows at all.</exception>
    public bool Read()
    {
        Number++;
        try
        {
            while (_csv.Read())
            {
                if (_csv.RowFieldCount > 1 || _csv.GetString(0).Length > 0)
                {
                    return true;
                }
            }

            return Number > 1 ? false : throw Invalid(SR.DetailCsvEmpty);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Invalid(SR.DetailCsvUnreadableRow, Number);
        }
    }

    /// <summary>A value of the current row; empty when the row is shorter.</summary>
    public string Value(int column) => column < _csv.RowFieldCount ? _csv.GetString(column) : "";

    /// <summary>The values of the current row in UTF-8: one for each column, empty where the row is shorter, with U+0000 after each.</summary>
    /// <param name="columnCount">The number of columns in the header.</param>
    /// <exception cref="EpPromoException">The row is invalid, as in <see cref="Validate"/>.</exception>
    public byte[] Values(int columnCount)
    {
        ValidateCount(columnCount);
        Reserve(_csv.GetRawRecord(null, 0) + columnCount);
        int length = 0;
        for (int i = 0; i < columnCount; i++)
        {
            int start = length;
            length += i < _csv.RowFieldCount ? (int)_csv.GetChars(i, 0, _buffer, start, _buffer.Length - start) : 0;
            ValidateText(_buffer.AsSpan(start, length - start));
            _buffer[length++] = '\0';
        }

        return Encoding.UTF8.GetBytes(_buffer, 0, length);
    }

    /// <summary>
    /// Throws when the current row has values beyond the header's columns, or binary data. Extra empty values are allowed.
    /// </summary>
    /// <param name="columnCount">The number of columns in the header.</param>
    /// <exception cref="EpPromoException">The row is invalid.</exception>
    public void Validate(int columnCount)
    {
        ValidateCount(columnCount);
        ValidateText(Raw());
    }

    /// <summary>The original text of the current row, with quotes and line ending; valid until the next <see cref="Read"/>.</summary>
    public ArraySegment<char> Raw()
    {
        int length = _csv.GetRawRecord(null, 0);
        Reserve(length);
        _csv.GetRawRecord(_buffer, 0);
        return new ArraySegment<char>(_buffer, 0, length);
    }

    public void Dispose() => _csv.Dispose();

    /// <summary>The error for a file that is not valid.</summary>
    public EpPromoException Invalid(string reason, params object[] arguments) => _invalid(MessageText.Of(reason, arguments));

    private void ValidateCount(int columnCount)
    {
        for (int i = columnCount; i < _csv.RowFieldCount; i++)
        {
            if (_csv.GetString(i).Length > 0)
            {
                throw Invalid(SR.DetailCsvTooManyFields, Number, _csv.RowFieldCount, columnCount);
            }
        }
    }

    private void ValidateText(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('\0') >= 0)
        {
            throw Invalid(SR.DetailCsvBinary);
        }
    }

    /// <summary>Makes the buffer at least as long.</summary>
    private void Reserve(int length)
    {
        if (length > _buffer.Length)
        {
            _buffer = new char[Math.Max(length, 2 * _buffer.Length)];
        }
    }

    private void ValidateStart(int first)
    {
        if (first < 0)
        {
            throw Invalid(SR.DetailCsvEmpty);
        }

        if (first is '<' or '{' or '[')
        {
            throw Invalid(SR.DetailCsvIsHtmlOrJson);
        }
    }

    private static bool IsMalformed(Exception e) => e is FormatException or DecoderFallbackException;
}

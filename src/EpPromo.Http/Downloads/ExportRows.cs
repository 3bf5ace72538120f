using System.Text;
using Sylvan.Data.Csv;

namespace EpPromo.Http;

/// <summary>
/// The rows of an export file one by one, the header first, each as its values and as the text that it was. What is not CSV with a header
/// at all (nothing, HTML, JSON, binary data) is an error rather than rows of rubbish.
/// </summary>
internal sealed class ExportRows : IDisposable
{
    public const int BufferLength = 16 * 1024;
    private const int LongestRow = 1024 * 1024;

    private readonly string _jobId;
    private readonly CsvDataReader _csv;
    private int _number;
    private char[] _raw = new char[256];

    /// <summary>Reads from <paramref name="text"/>, the file of the export job <paramref name="jobId"/>; it stays the caller's.</summary>
    /// <exception cref="EpPromoException">The text is not CSV.</exception>
    public ExportRows(TextReader text, string jobId)
    {
        _jobId = jobId;
        CsvDataReaderOptions options = new()
        {
            // The header is read as a row, because names may be empty or double.
            HasHeaders = false,
            Delimiter = ',',

            // The library takes lines that begin with # for comments and leaves them out; a code may begin so. No text holds this one.
            Comment = '\uFFFF',
            BufferSize = BufferLength,
            MaxBufferSize = LongestRow,
            OwnsReader = false,
        };
        try
        {
            CheckBeginning(text.Peek());
            _csv = CsvDataReader.Create(text, options);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Bad(SR.DetailCsvUnreadableRow, 1);
        }
    }

    /// <summary>How many values the row has.</summary>
    public int Count => _csv.RowFieldCount;

    /// <summary>Goes to the next row that is not blank; false at the end.</summary>
    /// <exception cref="EpPromoException">There is none that could be read.</exception>
    public bool Next()
    {
        _number++;
        try
        {
            while (_csv.Read())
            {
                if (_csv.RowFieldCount > 1 || _csv.GetString(0).Length > 0)
                {
                    return true;
                }
            }

            return _number > 1 ? false : throw Bad(SR.DetailCsvEmpty);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Bad(SR.DetailCsvUnreadableRow, _number);
        }
    }

    /// <summary>A value of the row; empty where the row is too short.</summary>
    public string Value(int column) => column < _csv.RowFieldCount ? _csv.GetString(column) : "";

    /// <summary>Fails when the row is longer than the header, unless the rest is empty, or holds what no text does.</summary>
    /// <param name="columns">How many the header names.</param>
    /// <exception cref="EpPromoException">The row is none of such a file.</exception>
    public void Check(int columns)
    {
        for (int i = columns; i < _csv.RowFieldCount; i++)
        {
            if (_csv.GetString(i).Length > 0)
            {
                throw Bad(SR.DetailCsvTooManyFields, _number, _csv.RowFieldCount, columns);
            }
        }

        ArraySegment<char> raw = Raw();
        if (Array.IndexOf(raw.Array!, '\0', 0, raw.Count) >= 0)
        {
            throw Bad(SR.DetailCsvBinary);
        }
    }

    /// <summary>The row as it was, with its quotes and the end of its line; good until the next one.</summary>
    public ArraySegment<char> Raw()
    {
        int length = _csv.GetRawRecord(null, 0);
        if (length > _raw.Length)
        {
            _raw = new char[Math.Max(length, 2 * _raw.Length)];
        }

        _csv.GetRawRecord(_raw, 0);
        return new ArraySegment<char>(_raw, 0, length);
    }

    public void Dispose() => _csv.Dispose();

    /// <summary>Why a file cannot be taken for an export.</summary>
    public EpPromoException Bad(string reason, params object[] arguments) =>
        new(ErrorKind.BadAnswer, nameof(SR.BadCsv), MessageText.Of(reason, arguments), _jobId);

    private void CheckBeginning(int first)
    {
        if (first < 0)
        {
            throw Bad(SR.DetailCsvEmpty);
        }

        if (first is '<' or '{' or '[')
        {
            throw Bad(SR.DetailCsvIsHtmlOrJson);
        }
    }

    private static bool IsUnreadable(Exception e) => e is FormatException or DecoderFallbackException;
}

using System.Globalization;
using EpPromo.Text;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace EpPromo.Http.Formats;

/// <summary>
/// Writes codes as a workbook of Excel. Texts are cells of text, so a code that starts with = is no formula, and 0012 or 1E10 is no number.
/// Excel has no times with a zone: they are in UTC, and the name of the column says so.
/// </summary>
internal sealed class XlsxCodeWriter : ICodeWriter
{
    /// <summary>The rows of a worksheet of Excel, with the header.</summary>
    private const int MaxRows = 1_048_576;

    /// <summary>The characters of a cell of Excel.</summary>
    private const int MaxTextLength = 32_767;

    private const string SheetName = "Codes";
    private const double ColumnWidth = 20;
    private const string TimeFormat = "yyyy-mm-dd hh:mm:ss";

    private readonly IReadOnlyList<string> _names;
    private readonly Stream _destination;
    private readonly int _maxRows;
    private readonly Cell[] _cells;
    private Spreadsheet? _spreadsheet;
    private StyleId _textStyle = null!;
    private int _sheets;
    private int _rows;

    /// <summary>A file.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="destination">Receives the file.</param>
    /// <param name="maxRows">How many rows a worksheet has at most; the rest follows in the next one.</param>
    public XlsxCodeWriter(IReadOnlyList<string> names, Stream destination, int maxRows = MaxRows)
    {
        _names = names;
        _destination = destination;
        _maxRows = maxRows;
        _cells = new Cell[names.Count];
    }

    public async Task WriteAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        Spreadsheet spreadsheet = await OpenAsync(cancellationToken);
        for (int i = 0; i < _cells.Length; i++)
        {
            _cells[i] = CellOf(values[i]);
        }

        await spreadsheet.AddRowAsync(_cells, cancellationToken);
        _rows++;
    }

    public async Task FinishAsync(CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).FinishAsync(cancellationToken);

    public void Dispose() => _spreadsheet?.Dispose();

    /// <summary>The workbook, with a worksheet that has room for a row.</summary>
    private async Task<Spreadsheet> OpenAsync(CancellationToken cancellationToken)
    {
        if (_spreadsheet is null)
        {
            _spreadsheet = await Spreadsheet.CreateNewAsync(
                _destination,
                new SpreadCheetahOptions { CompressionLevel = SpreadCheetahCompressionLevel.Fastest, DefaultDateTimeFormat = NumberFormat.Custom(TimeFormat) },
                cancellationToken);

            // Whoever edits such a cell in Excel still has a text.
            _textStyle = _spreadsheet.AddStyle(new Style { Format = NumberFormat.Standard(StandardNumberFormat.Text) });
        }

        if (_sheets == 0 || _rows == _maxRows)
        {
            _sheets++;
            _rows = 1;
            string name = _sheets == 1 ? SheetName : string.Format(CultureInfo.InvariantCulture, "{0} {1}", SheetName, _sheets);
            WorksheetOptions options = new() { FrozenRows = 1 };
            for (int column = 1; column <= _names.Count; column++)
            {
                options.Column(column).Width = ColumnWidth;
            }

            await _spreadsheet.StartWorksheetAsync(name, options, cancellationToken);
            await _spreadsheet.AddRowAsync([.. _names.Select(name => TextCell(HeaderOf(name)))], cancellationToken);
        }

        return _spreadsheet;
    }

    private static string HeaderOf(string name) => name == nameof(PromotionCode.CreatedAt) ? name + " (UTC)" : name;

    private Cell CellOf(object? value) => value switch
    {
        int number => new Cell(number),
        DateTimeOffset time => new Cell(time.UtcDateTime),
        _ => TextCell((string?)value),
    };

    /// <summary>A workbook consists of XML, which has no control characters, and neither U+FFFE nor U+FFFF.</summary>
    private Cell TextCell(string? text) => text switch
    {
        null => default,
        { Length: > MaxTextLength } => throw new IOException(MessageText.Of(SR.DetailXlsxTextTooLong, text.Length, MaxTextLength)),
        _ => new Cell(DisplayText.Clean(text).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD'), _textStyle),
    };
}

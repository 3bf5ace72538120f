using System.Globalization;
using System.Text;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// One row of an export file: a code, and all that the file says of it. A file can have a million rows, so a row keeps its values as one text
/// in UTF-8, which takes half of the memory of a string, and reads a value only when somebody asks for it.
/// </summary>
internal sealed class ExportRow : ICodeRecord
{
    /// <summary>Ends each value of a row. It occurs in no value: a file with this character is no CSV.</summary>
    public const byte EndOfValue = 0;

    private readonly ExportColumns _columns;
    private readonly PromotionJob _export;
    private readonly byte[] _values;

    /// <summary>A row.</summary>
    /// <param name="columns">The columns, shared by all rows of a file.</param>
    /// <param name="export">The export job that the file belongs to, shared, too.</param>
    /// <param name="values">The values as they are in the file, in UTF-8: one for each column, each with <see cref="EndOfValue"/> after it.</param>
    public ExportRow(ExportColumns columns, PromotionJob export, byte[] values)
    {
        _columns = columns;
        _export = export;
        _values = values;
    }

    public ExportColumns Columns => _columns;

    public string Code => Value(_columns.Code);

    public string Text => RawValue(_columns.Code);

    public int? MaxUses => NumberIn(_columns.MaxUses);

    public int? Uses => NumberIn(_columns.Uses);

    public string? ConsumeUnit => Value(_columns.ConsumeUnit).NullIfEmpty();

    public DateTimeOffset? CreatedAt => TimeIn(_columns.CreatedAt);

    public string PromotionName => _export.PromotionName;

    public string PromotionId => _export.PromotionId;

    public string? JobId => _export.JobId;

    public string? Run => null;

    public string? CodeId => Value(_columns.CodeId).NullIfEmpty();

    public string? User => Value(_columns.User).NullIfEmpty();

    public int? MaxUsesPerShopper => null;

    public bool? IncludesGuests => null;

    public bool? IsForNewShopper => null;

    public IStoreReference? Origin => _export.Origin;

    /// <summary>
    /// The columns that are no properties of a code. A column that has the name of a property is among them if the row's value cannot be a
    /// value of that property. The list is the same one for all rows with such values in the same columns.
    /// </summary>
    public IReadOnlyList<int> FurtherColumns
    {
        get
        {
            int unreadable = 0;
            for (int i = 0; i < _columns.TypedColumns.Length; i++)
            {
                unreadable |= IsReadable(_columns.TypedColumns[i]) ? 0 : 1 << i;
            }

            return _columns.FurtherColumns[unreadable];
        }
    }

    /// <summary>The value of a column, safe to show; empty if there is no such column (-1).</summary>
    public string Value(int column) => DisplayText.Clean(RawValue(column));

    private string RawValue(int column)
    {
        if (column < 0)
        {
            return "";
        }

        int start = 0;
        for (; column > 0; column--)
        {
            start = Array.IndexOf(_values, EndOfValue, start) + 1;
        }

        return Encoding.UTF8.GetString(_values, start, Array.IndexOf(_values, EndOfValue, start) - start);
    }

    /// <summary>Whether the value of a column of numbers or times is one, or is missing.</summary>
    private bool IsReadable(int column) =>
        string.IsNullOrWhiteSpace(RawValue(column))
        || (column == _columns.CreatedAt ? TimeIn(column) is not null : NumberIn(column) is not null);

    private int? NumberIn(int column) =>
        int.TryParse(Value(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Only times that start with a date in ISO 8601: anything else could be read in several ways.</summary>
    private DateTimeOffset? TimeIn(int column) =>
        Value(column).Trim() is { Length: >= 10 } time && time[4] == '-' && time[7] == '-' && TimestampText.TryParse(time, out DateTimeOffset parsed)
            ? parsed
            : null;
}

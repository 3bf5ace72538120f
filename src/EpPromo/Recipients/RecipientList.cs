using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>The rows of a new list that have a recipient, on a temporary stream.</summary>
internal sealed class RecipientList : IDisposable
{
    /// <summary>Where a row has the code that it came with; its other values follow.</summary>
    private const int CodePosition = 0;

    private readonly ListColumns _columns;
    private readonly string _key;

    /// <param name="key">The column that identifies a recipient.</param>
    /// <param name="newSpool">Opens an empty temporary stream, which can seek.</param>
    public RecipientList(string key, Func<Stream> newSpool)
    {
        _key = key;
        _columns = new ListColumns(key);
        Rows = new PartitionedRows(newSpool);
    }

    /// <summary>The rows, by recipient. The number of a row is its position in the list, from 1.</summary>
    public PartitionedRows Rows { get; }

    /// <summary>The columns of all rows, without that of the codes.</summary>
    public IReadOnlyList<string> Columns => _columns.Names;

    /// <summary>The layout of a row with these columns.</summary>
    public RowLayout LayoutOf(IReadOnlyList<string> names) => _columns.LayoutOf(names);

    /// <summary>Adds a row.</summary>
    /// <param name="position">Its position in the list, from 1.</param>
    /// <param name="key">The recipient.</param>
    /// <param name="values">The values of the row.</param>
    /// <param name="layout">Where they belong.</param>
    public void Add(int position, string key, string[] values, RowLayout layout)
    {
        string?[] row = new string?[1 + Columns.Count];
        row[CodePosition] = layout.Code < 0 ? null : values[layout.Code].Trim();
        for (int i = 0; i < values.Length; i++)
        {
            if (layout.Targets[i] >= 0)
            {
                row[1 + layout.Targets[i]] = values[i];
            }
        }

        Rows.Add(RecipientText.Normalize(key), new SpoolRow(position, row));
    }

    /// <summary>The recipient of a row.</summary>
    public string KeyOf(SpoolRow row) => row.Values[ColumnList.IsSame(_key, ColumnList.Code) ? CodePosition : 1 + Columns.PositionOf(_key)]!;

    /// <summary>The code that a row came with, or null.</summary>
    public static string? CodeOf(SpoolRow row) => row.Values[CodePosition];

    /// <summary>The values of a row in the order of <see cref="Columns"/>; the last ones can be missing.</summary>
    public static string?[] ValuesOf(SpoolRow row) => row.ValuesFrom(CodePosition + 1);

    public void Dispose() => Rows.Dispose();
}

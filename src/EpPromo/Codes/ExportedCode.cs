namespace EpPromo;

/// <summary>
/// One row of an export file. The columns are not documented (api-contract.md section 5), so the row has those that the header names, in
/// the file's order.
/// </summary>
public sealed class ExportedCode
{
    /// <summary>A row with <paramref name="columns"/> and their <paramref name="values"/>, equally many.</summary>
    internal ExportedCode(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        Columns = columns;
        Values = values;
    }

    /// <summary>The names in the header, shared by all rows of a file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The row's values, one for each column.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The code itself: the column named "code", in any case; null if there is none.</summary>
    public string? Code
    {
        get
        {
            for (int i = 0; i < Columns.Count; i++)
            {
                if (string.Equals(Columns[i], "code", StringComparison.OrdinalIgnoreCase))
                {
                    return Values[i];
                }
            }

            return null;
        }
    }
}

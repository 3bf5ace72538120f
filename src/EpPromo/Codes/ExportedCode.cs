namespace EpPromo;

/// <summary>
/// One row of an export file. The columns are not published (api-contract.md section 5), so the row keeps whatever the header
/// names, in the file's order.
/// </summary>
public sealed class ExportedCode
{
    /// <summary>A row of <paramref name="values"/> under <paramref name="columns"/>; both have the same length.</summary>
    internal ExportedCode(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        Columns = columns;
        Values = values;
    }

    /// <summary>The header's names, shared by all rows of a file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The row's texts, one a column.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The code itself: the column named "code", in any case; null when there is none.</summary>
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

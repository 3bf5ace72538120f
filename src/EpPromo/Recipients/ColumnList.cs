namespace EpPromo.Recipients;

/// <summary>Finds columns by name, as PowerShell does: in any case.</summary>
internal static class ColumnList
{
    /// <summary>The column that holds the codes.</summary>
    public const string Code = "Code";

    /// <summary>The position of a column, or -1.</summary>
    public static int PositionOf(this IReadOnlyList<string> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (IsSame(columns[i], name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether two columns have the same name.</summary>
    public static bool IsSame(string column, string other) => string.Equals(column, other, StringComparison.OrdinalIgnoreCase);
}

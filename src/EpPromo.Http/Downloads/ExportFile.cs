using System.Globalization;
using System.Text;

namespace EpPromo.Http;

/// <summary>
/// Reads an export file row by row, by its header. Its columns are not published (api-contract.md sections 5 and 8), so any are
/// taken. All texts are made safe to show.
/// </summary>
internal static class ExportFile
{
    /// <summary>The rows, read as they are asked for.</summary>
    /// <exception cref="EpPromoException">The text is not CSV with a header.</exception>
    public static IEnumerable<ExportedCode> Read(Stream file, string jobId)
    {
        using StreamReader text = new(
            file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, ExportRows.BufferLength, leaveOpen: true);
        using ExportRows rows = new(text, jobId);
        rows.Next();
        string[] columns = ColumnNames(Values(rows, rows.Count));
        while (rows.Next())
        {
            yield return new ExportedCode(columns, Values(rows, columns.Length));
        }
    }

    /// <summary>The values of the row, as many as there are columns: a short row is filled up.</summary>
    private static string[] Values(ExportRows rows, int columns)
    {
        rows.Check(columns);
        string[] values = new string[columns];
        for (int i = 0; i < columns; i++)
        {
            values[i] = DisplayText.Clean(rows.Value(i));
        }

        return values;
    }

    /// <summary>Names that can be told apart: a column without a name is <c>Column2</c>, a second <c>uses</c> is <c>uses_2</c>.</summary>
    private static string[] ColumnNames(string[] header)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        string[] names = new string[header.Length];
        for (int i = 0; i < header.Length; i++)
        {
            string wanted = header[i].Trim() is { Length: > 0 } name
                ? name
                : string.Format(CultureInfo.InvariantCulture, "Column{0}", i + 1);
            names[i] = wanted;
            for (int number = 2; !taken.Add(names[i]); number++)
            {
                names[i] = string.Format(CultureInfo.InvariantCulture, "{0}_{1}", wanted, number);
            }
        }

        return names;
    }
}

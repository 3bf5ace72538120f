using System.Globalization;
using System.Text;
using EpPromo.Text;

namespace EpPromo.Http.Csv;

/// <summary>
/// Reads an export file row by row, by its header. The columns are not published (api-contract.md sections 5 and 8), so all columns are
/// read. Control characters are removed from all texts.
/// </summary>
internal static class ExportCsvReader
{
    /// <summary>Reads the rows lazily.</summary>
    /// <exception cref="EpPromoException">The file is not CSV with a header row.</exception>
    public static IEnumerable<ExportedCode> Read(Stream file, string jobId)
    {
        using StreamReader text = new(
            file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, ExportCsvRows.BufferLength, leaveOpen: true);
        using ExportCsvRows rows = new(text, jobId);
        rows.Read();
        string[] columns = ColumnNames(Values(rows, rows.ValueCount));
        while (rows.Read())
        {
            yield return new ExportedCode(columns, Values(rows, columns.Length));
        }
    }

    /// <summary>One value for each column; a short row is padded with empty values.</summary>
    private static string[] Values(ExportCsvRows rows, int columnCount)
    {
        rows.Validate(columnCount);
        string[] values = new string[columnCount];
        for (int i = 0; i < columnCount; i++)
        {
            values[i] = DisplayText.Clean(rows.Value(i));
        }

        return values;
    }

    /// <summary>Unique names: a column without a name becomes <c>Column2</c>, a second <c>uses</c> becomes <c>uses_2</c>.</summary>
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

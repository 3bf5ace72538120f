using System.Text;
using EpPromo.Codes;
using EpPromo.Text;

namespace EpPromo.Http.Csv;

/// <summary>Reads an export file row by row, by its header. All texts can be shown: control characters are replaced.</summary>
internal static class ExportCsvReader
{
    /// <summary>Reads the rows lazily.</summary>
    /// <exception cref="EpPromoException">The file is not CSV with a header row.</exception>
    public static IEnumerable<ExportRow> Read(Stream file, PromotionJob export)
    {
        using StreamReader text = Open(file);
        using CsvRows rows = new(text, ',', reason => ExportCsv.Invalid(reason, export.JobId));
        rows.Read();
        int columnCount = rows.ValueCount;
        ExportColumns columns = new(Values(rows, columnCount));
        while (rows.Read())
        {
            string[] values = Values(rows, columnCount);
            string code = columns.CodeColumn < 0 ? "" : rows.Value(columns.CodeColumn);
            yield return new ExportRow(columns.Read(values, code, export), columns, values);
        }
    }

    /// <summary>Counts the rows.</summary>
    /// <exception cref="EpPromoException">The file is not CSV with a header row.</exception>
    public static int Count(Stream file, string jobId, CancellationToken cancellationToken)
    {
        using StreamReader text = Open(file);
        using CsvRows rows = new(text, ',', reason => ExportCsv.Invalid(reason, jobId));
        rows.Read();
        int columnCount = rows.ValueCount;
        int count = 0;
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Validate(columnCount);
            count++;
        }

        return count;
    }

    private static StreamReader Open(Stream file) => new(
        file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, CsvRows.BufferLength, leaveOpen: true);

    /// <summary>One value for each column; a short row is padded with empty values.</summary>
    private static string[] Values(CsvRows rows, int columnCount)
    {
        rows.Validate(columnCount);
        string[] values = new string[columnCount];
        for (int i = 0; i < columnCount; i++)
        {
            values[i] = DisplayText.Clean(rows.Value(i));
        }

        return values;
    }
}

using System.Text;
using EpPromo.Codes;
using EpPromo.Text;

namespace EpPromo.Http.Csv;

/// <summary>Reads an export file row by row.</summary>
internal static class ExportCsvReader
{
    /// <summary>Reads the rows lazily.</summary>
    /// <exception cref="EpPromoException">The file is not CSV with a header row.</exception>
    public static IEnumerable<ExportRow> Read(Stream file, PromotionJob export)
    {
        using StreamReader text = Open(file);
        using CsvRows rows = new(text, ',', reason => ExportCsv.Invalid(reason, export.JobId));
        rows.Read();
        rows.Validate(rows.ValueCount);
        ExportColumns columns = new([.. Enumerable.Range(0, rows.ValueCount).Select(column => DisplayText.Clean(rows.Value(column)))]);
        while (rows.Read())
        {
            yield return new ExportRow(columns, export, rows.Values(columns.Names.Count));
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
}

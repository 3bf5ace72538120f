using EpPromo.Codes;

namespace EpPromo.Http.Csv;

/// <summary>Copies the header and selected rows of an export file byte for byte.</summary>
internal static class ExportCsvFilter
{
    /// <summary>Copies the header and the rows of wanted codes. Blank lines are dropped.</summary>
    /// <param name="file">The file, positioned at its start; it must be seekable.</param>
    /// <param name="jobId">The export job that the file belongs to.</param>
    /// <param name="destination">Receives the copy.</param>
    /// <param name="isWanted">Called once for each row, with the code as it is in the file.</param>
    /// <param name="cancellationToken">Cancels the copy between two rows.</param>
    /// <exception cref="EpPromoException">The file is not CSV with a header row, or has no column named <c>code</c>.</exception>
    public static void Copy(Stream file, string jobId, Stream destination, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        ExportCsvEncoding encoding = ExportCsvEncoding.Detect(file);
        using StreamReader text = new(
            file, encoding.Characters, detectEncodingFromByteOrderMarks: false, CsvRows.BufferLength, leaveOpen: true);
        using CsvRows rows = new(text, ',', reason => ExportCsv.Invalid(reason, jobId));
        rows.Read();
        rows.Validate(rows.ValueCount);
        int columnCount = rows.ValueCount;
        int codeColumn = FindCodeColumn(rows, encoding);

        destination.Write(encoding.ByteOrderMark, 0, encoding.ByteOrderMark.Length);
        using StreamWriter copy = new(destination, encoding.Characters, CsvRows.BufferLength, leaveOpen: true);
        Write(copy, rows);
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Validate(columnCount);
            if (isWanted(encoding.Decode(rows.Value(codeColumn))))
            {
                Write(copy, rows);
            }
        }
    }

    private static int FindCodeColumn(CsvRows header, ExportCsvEncoding encoding)
    {
        ExportColumns columns = new([.. Enumerable.Range(0, header.ValueCount).Select(i => encoding.Decode(header.Value(i)))]);
        return columns.Code >= 0 ? columns.Code : throw header.Invalid(SR.DetailCsvNoCodeColumn);
    }

    private static void Write(StreamWriter copy, CsvRows rows)
    {
        ArraySegment<char> raw = rows.Raw();
        copy.Write(raw.Array!, raw.Offset, raw.Count);
    }
}

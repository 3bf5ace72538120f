namespace EpPromo.Http;

/// <summary>Copies the header and some rows of an export file exactly as they are, bytes, quotes, line ends and all.</summary>
internal static class ExportFileFilter
{
    /// <summary>Copies the file without the rows of codes that are not wanted. Blank lines are no rows.</summary>
    /// <param name="file">The file, at its beginning; it can seek.</param>
    /// <param name="jobId">The export job whose file it is.</param>
    /// <param name="destination">Gets the copy.</param>
    /// <param name="isWanted">Is asked once for each row, with its code as it is in the file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The text is not CSV with a header, or has no column named code.</exception>
    public static void Copy(Stream file, string jobId, Stream destination, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        ExportEncoding encoding = ExportEncoding.Of(file);
        using StreamReader text = new(
            file, encoding.Characters, detectEncodingFromByteOrderMarks: false, ExportRows.BufferLength, leaveOpen: true);
        using ExportRows rows = new(text, jobId);
        rows.Next();
        rows.Check(rows.Count);
        int columns = rows.Count;
        int code = CodeColumn(rows, encoding);

        destination.Write(encoding.Mark, 0, encoding.Mark.Length);
        using StreamWriter copy = new(destination, encoding.Characters, ExportRows.BufferLength, leaveOpen: true);
        Write(copy, rows);
        while (rows.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Check(columns);
            if (isWanted(encoding.Text(rows.Value(code))))
            {
                Write(copy, rows);
            }
        }
    }

    private static int CodeColumn(ExportRows header, ExportEncoding encoding)
    {
        for (int i = 0; i < header.Count; i++)
        {
            if (encoding.Text(header.Value(i)).Trim().Equals("code", StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw header.Bad(SR.DetailCsvNoCodeColumn);
    }

    private static void Write(StreamWriter copy, ExportRows rows)
    {
        ArraySegment<char> raw = rows.Raw();
        copy.Write(raw.Array!, raw.Offset, raw.Count);
    }
}

using System.Text;

namespace EpPromo.Http;

/// <summary>Writes rows as CSV (RFC 4180), as the store's own export files are: the reading library writes database readers only.</summary>
internal static class ExportFileWriter
{
    private const int BufferLength = 16 * 1024;
    private static readonly char[] s_special = [',', '"', '\r', '\n'];

    public static void Write(Stream file, IEnumerable<ExportedCode> rows)
    {
        using StreamWriter text = new(file, new UTF8Encoding(false), BufferLength, leaveOpen: true) { NewLine = "\r\n" };
        IReadOnlyList<string>? columns = null;
        foreach (ExportedCode row in rows)
        {
            if (columns is null)
            {
                columns = row.Columns;
                WriteRow(text, columns);
            }

            WriteRow(text, row.Values);
        }
    }

    private static void WriteRow(StreamWriter text, IReadOnlyList<string> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            text.Write(i == 0 ? "" : ",");
            text.Write(values[i].IndexOfAny(s_special) < 0 ? values[i] : "\"" + values[i].Replace("\"", "\"\"") + "\"");
        }

        text.WriteLine();
    }
}

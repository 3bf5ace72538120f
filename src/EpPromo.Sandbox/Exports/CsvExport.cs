using System.Globalization;
using System.Text;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Exports;

/// <summary>The codes of an export job, and the CSV file made of them (contract section 5, "File").</summary>
/// <param name="codes">The codes that the promotion had when the export completed.</param>
internal sealed class CsvExport(SandboxCode[] codes)
{
    // A file of half a million codes takes about 40 MB. The garbage collector may reclaim it; the next download renders it again.
    private readonly WeakReference<byte[]?> _file = new(null);

    public byte[] GetFile(SandboxOptions options)
    {
        lock (_file)
        {
            if (!_file.TryGetTarget(out byte[]? file))
            {
                file = Render(options);
                _file.SetTarget(file);
            }

            return file;
        }
    }

    private byte[] Render(SandboxOptions options)
    {
        using var memory = new MemoryStream();
        using (var writer = new StreamWriter(memory, new UTF8Encoding(options.ExportBom), 65536))
        {
            WriteLine(writer, options, column => column);
            foreach (SandboxCode code in codes)
            {
                WriteLine(writer, options, column => Field(code, column));
            }
        }

        return memory.ToArray();
    }

    private static void WriteLine(StreamWriter writer, SandboxOptions options, Func<string, string> field)
    {
        for (int i = 0; i < options.ExportColumns.Count; i++)
        {
            if (i > 0)
            {
                writer.Write(',');
            }

            writer.Write(Quote(field(options.ExportColumns[i])));
        }

        writer.Write(options.ExportNewLine);
    }

    // Empty if a code has no such field.
    private static string Field(SandboxCode code, string column) => column.ToUpperInvariant() switch
    {
        "CODE" => code.Code,
        "ID" => code.Id.ToString(),
        "USES" or "MAX_USES" => code.Terms.Uses?.ToString(CultureInfo.InvariantCulture) ?? "",
        "USER" => code.Terms.User ?? "",
        "CONSUME_UNIT" => code.Terms.ConsumeUnit,
        "IS_FOR_NEW_SHOPPER" => code.Terms.IsForNewShopper ? "true" : "false",
        "CREATED_BY" => code.Terms.CreatedBy,
        "CREATED_AT" => Timestamps.Format(code.CreatedAt),
        _ => "",
    };

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}

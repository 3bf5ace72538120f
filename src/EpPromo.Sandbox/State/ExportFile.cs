using System.Text;
using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>The codes that an export found, and the file made of them (contract section 5, "File").</summary>
internal sealed class ExportFile(SandboxCode[] codes)
{
    // A file of half a million codes takes some 40 MB: it may go when memory is short, and is made again when asked for.
    private readonly WeakReference<byte[]?> _bytes = new(null);

    public byte[] Bytes(SandboxOptions options)
    {
        lock (_bytes)
        {
            if (!_bytes.TryGetTarget(out byte[]? bytes))
            {
                bytes = Render(options);
                _bytes.SetTarget(bytes);
            }

            return bytes;
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
                WriteLine(writer, options, column => CodeJson.Field(code, column));
            }
        }

        return memory.ToArray();
    }

    private static void WriteLine(StreamWriter writer, SandboxOptions options, Func<string, string> cell)
    {
        for (int i = 0; i < options.ExportColumns.Count; i++)
        {
            if (i > 0)
            {
                writer.Write(',');
            }

            writer.Write(Quoted(cell(options.ExportColumns[i])));
        }

        writer.Write(options.ExportNewLine);
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}

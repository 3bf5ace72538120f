using EpPromo.Codes;

namespace EpPromo.PowerShell.Files;

/// <summary>Which format a file of codes has: its extension says so.</summary>
internal static class FileFormats
{
    /// <summary>The format of the file <paramref name="path"/>. A text file gets CSV, because CSV is text.</summary>
    /// <exception cref="EpPromoException">
    /// The extension is that of no format. A file that is not what its name says would be found out only by whoever opens it.
    /// </exception>
    public static CodeFileFormat Of(string path)
    {
        string extension = Path.GetExtension(path);
        return extension.ToUpperInvariant() switch
        {
            ".CSV" or ".TXT" => CodeFileFormat.Csv,
            ".JSON" => CodeFileFormat.Json,
            ".JSONL" or ".NDJSON" => CodeFileFormat.JsonLines,
            ".XLSX" => CodeFileFormat.Xlsx,
            _ => throw new EpPromoException(ErrorKind.File, nameof(SR.UnknownFileFormat), path, extension),
        };
    }
}

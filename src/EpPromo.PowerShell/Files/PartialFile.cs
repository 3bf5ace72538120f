using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// The files in which a file of codes lies for the moment before it gets its name. A process that is killed in that moment
/// leaves one behind; the next one that writes the same file removes it.
/// </summary>
internal static class PartialFile
{
    private const int BufferSize = 81920;
    private const string Suffix = ".partial";
    private const int IdLength = 32;

    /// <summary>What follows the prefix of the file: the id and the suffix.</summary>
    private static readonly int TailLength = IdLength + Suffix.Length;

    /// <summary>
    /// Between its last byte and its renaming a partial file is open nowhere, so being closed does not prove that it was left behind;
    /// being closed for so long does.
    /// </summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(1);

    /// <summary>A name beside <paramref name="path"/> that nobody else has.</summary>
    public static string NewName(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix(path)}{Guid.NewGuid():N}{Suffix}");

    /// <summary>Creates the file, for its owner alone, and holds it.</summary>
    public static FileStream Create(string partial) => PrivateFile.Create(partial, FileShare.None, BufferSize, FileOptions.Asynchronous);

    /// <summary>The partial files in a folder, by the <see cref="Prefix"/> of the file that each was to become.</summary>
    public static ILookup<string, string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Suffix).Where(IsPartial).ToLookup(PrefixOf, StringComparer.Ordinal);

    /// <summary>Removes a partial file that a process that was killed has left.</summary>
    public static void RemoveWhenStale(string partial)
    {
        if (DateTime.UtcNow - File.GetLastWriteTimeUtc(partial) <= LongestLife)
        {
            return;
        }

        try
        {
            // Opens only when nobody holds it, and goes when it is closed again.
            using FileStream mine = new(partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody holds it, or has just removed it, or it is not ours to remove. It is in nobody's way.
        }
    }

    /// <summary>How the names of a file's partial files begin. Cut where the file's name is so long that it would leave no room for what is added.</summary>
    public static string Prefix(string path) =>
        $".{SafeFileName.Cut(Path.GetFileName(path), FileNames.MaxLength - IdLength - Suffix.Length - 2)}.";

    private static bool IsPartial(string file)
    {
        string name = Path.GetFileName(file);
        return name.Length > TailLength && Guid.TryParseExact(name.Substring(name.Length - TailLength, IdLength), "N", out _);
    }

    private static string PrefixOf(string partial)
    {
        string name = Path.GetFileName(partial);
        return name.Substring(0, name.Length - TailLength);
    }
}

namespace EpPromo.PowerShell;

/// <summary>
/// The files in which a <see cref="CodeFile"/> lies for the moment before it gets its name. A process that is killed in that moment
/// leaves one behind; the next one that writes the same file removes it.
/// </summary>
internal static class PartialFile
{
    private const int BufferSize = 81920;
    private const string Suffix = ".partial";
    private const int IdLength = 32;

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

    /// <summary>Removes what processes that were killed have left beside <paramref name="path"/>.</summary>
    public static void RemoveStale(string path)
    {
        DirectoryInfo folder = new(Path.GetDirectoryName(path)!);
        foreach (FileInfo file in folder.EnumerateFiles("*" + Suffix).Where(file => IsStale(file, Prefix(path))))
        {
            try
            {
                // Opens only when nobody holds it, and goes when it is closed again.
                using FileStream mine = new(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody holds it, or has just removed it, or it is not ours to remove. It is in nobody's way.
            }
        }
    }

    private static bool IsStale(FileInfo file, string prefix) =>
        file.Name.Length == prefix.Length + IdLength + Suffix.Length
        && file.Name.StartsWith(prefix, StringComparison.Ordinal)
        && Guid.TryParseExact(file.Name.Substring(prefix.Length, IdLength), "N", out _)
        && DateTime.UtcNow - file.LastWriteTimeUtc > LongestLife;

    /// <summary>Cut where the file's name is so long that it would leave no room for what is added.</summary>
    private static string Prefix(string path) =>
        $".{SafeFileName.Cut(Path.GetFileName(path), FileNames.MaxLength - IdLength - Suffix.Length - 2)}.";
}

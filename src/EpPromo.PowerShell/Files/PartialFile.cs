using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// The temporary file in the folder of a file of codes, into which the file is written until it is renamed. A process that is killed before
/// that leaves it behind; the next process that writes the same file removes it.
/// </summary>
internal static class PartialFile
{
    private const string Suffix = ".partial";
    private const string BackupSuffix = ".old";
    private const int IdLength = 32;

    /// <summary>How often a file is created before it is an error that another process has taken it each time.</summary>
    private const int MaxAttempts = 10;

    /// <summary>What follows the prefix of the file: the id and the suffix.</summary>
    private static readonly int s_tailLength = IdLength + Suffix.Length;

    /// <summary>
    /// On Windows, a partial file is closed shortly before it is renamed, so a closed one was not necessarily left behind. One that has not
    /// changed for this long was.
    /// </summary>
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(1);

    /// <summary>A unique name in the folder of <paramref name="path"/>.</summary>
    public static string NewName(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix(path)}{Guid.NewGuid():N}{Suffix}");

    /// <summary>
    /// A unique name for the old file while it is being replaced. <see cref="In"/> does not find it, so nothing removes it as stale.
    /// </summary>
    public static string NewBackupName(string path) => Path.ChangeExtension(NewName(path), BackupSuffix);

    /// <summary>Creates a partial file of <paramref name="path"/>, readable by its owner only, and locks it.</summary>
    /// <exception cref="IOException">It cannot be created, or other processes have removed it each time.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission.</exception>
    public static FileStream Create(string path) => Create(path, CreateLocked);

    /// <summary>The same, with what creates and locks a file of <paramref name="path"/>.</summary>
    public static FileStream Create(string path, Func<string, FileStream> createLocked)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (TryCreate(path, createLocked) is { } created)
            {
                return created;
            }
        }

        throw new IOException(MessageText.Of(SR.DetailPartialFileRemoved));
    }

    /// <summary>The partial files in a folder, by the <see cref="Prefix"/> of the file that each belongs to.</summary>
    public static ILookup<string, string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Suffix).Where(IsPartial).ToLookup(PrefixOf, StringComparer.Ordinal);

    /// <summary>Removes a partial file that a killed process has left behind.</summary>
    public static void RemoveWhenStale(string partial)
    {
        if (!UnixFile.IsUnix && DateTime.UtcNow - File.GetLastWriteTimeUtc(partial) <= s_maxAge)
        {
            return;
        }

        try
        {
            // Opens only if no process has it locked, and is deleted when it is closed again.
            using FileStream stale = new(partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has it locked, or has just removed it, or the user has no permission. It does no harm.
        }
    }

    /// <summary>
    /// What the names of a file's partial files start with. It is cut if the file's name is so long that no room is left for the id.
    /// </summary>
    public static string Prefix(string path) =>
        $".{SafeFileName.Cut(Path.GetFileName(path), FileNames.MaxLength - IdLength - Suffix.Length - 2)}.";

    /// <summary>
    /// Creates and locks a partial file. On Unix, it is created first and then locked: null if in between another process has taken it for one
    /// that was left behind, and has it locked or has removed it.
    /// </summary>
    private static FileStream? TryCreate(string path, Func<string, FileStream> createLocked)
    {
        try
        {
            FileStream created = createLocked(path);
            if (File.Exists(created.Name))
            {
                return created;
            }

            created.Dispose();
            return null;
        }
        catch (IOException e) when (SharingViolation.Is(e))
        {
            return null;
        }
    }

    private static FileStream CreateLocked(string path) =>
        PrivateFile.Create(NewName(path), FileShare.None, PrivateFile.NoBuffer, FileOptions.Asynchronous);

    private static bool IsPartial(string file)
    {
        string name = Path.GetFileName(file);
        return name.Length > s_tailLength && Guid.TryParseExact(name.Substring(name.Length - s_tailLength, IdLength), "N", out _);
    }

    private static string PrefixOf(string partial)
    {
        string name = Path.GetFileName(partial);
        return name.Substring(0, name.Length - s_tailLength);
    }
}

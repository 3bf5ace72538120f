using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>Replaces a file with another one, which gets its rights.</summary>
internal static class FileReplacement
{
    /// <summary>
    /// Fails if a file at <paramref name="path"/> cannot be replaced because another program has opened it. That is so on Windows only:
    /// elsewhere, the program keeps the old file, which no longer has a name.
    /// </summary>
    /// <exception cref="IOException">It is open.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission.</exception>
    public static void CheckReplaceable(string path)
    {
        FileInfo old = new(path);
        if (!UnixFile.IsUnix && old.Exists)
        {
            FileAccess access = old.IsReadOnly ? FileAccess.Read : FileAccess.ReadWrite;
            using FileStream probe = new(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>Replaces the file at <paramref name="path"/> in one step.</summary>
    /// <param name="path">The file to replace.</param>
    /// <param name="with">The file to put there, in the same folder.</param>
    /// <param name="force">Replace a read-only file.</param>
    /// <param name="warn">Callback: receives a warning if the old file has other names, which keep the old content, or cannot be deleted.</param>
    /// <param name="cancellationToken">Stops it until the file is replaced; the old one is then in its place.</param>
    /// <exception cref="IOException">It cannot be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be replaced.</exception>
    public static async Task ReplaceAsync(string path, string with, bool force, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        if (UnixFile.IsUnix)
        {
            await ReplaceOnUnixAsync(path, with, warn);
        }
        else
        {
            await ReplaceOnWindowsAsync(path, with, force, warn, cancellationToken);
        }
    }

    /// <summary>
    /// The new file gets the old one's owner and mode before it gets its name. Other names of the old file (hard links) keep the old content.
    /// Overwriting the file would change them, too, but a reader could see half a file, and an interruption would leave half a file.
    /// </summary>
    private static async Task ReplaceOnUnixAsync(string path, string with, Func<string, Task> warn)
    {
        UnixFile? old = UnixFile.Find(path);
        old?.CopyRightsTo(with);
        File.Replace(with, path, null);
        if (old?.LinkCount > 1)
        {
            await warn(MessageText.Of(SR.WarningHardLinks, path, old.LinkCount - 1));
        }
    }

    /// <summary>Replacing keeps the old file's access control list and attributes, but fails on a read-only file.</summary>
    private static async Task ReplaceOnWindowsAsync(
        string path, string with, bool force, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        FileInfo old = new(path);
        bool unlocks = force && old.IsReadOnly;
        try
        {
            if (unlocks)
            {
                old.IsReadOnly = false;
            }

            await new BackedUpReplacement(path, with).RunAsync(warn, cancellationToken);
        }
        finally
        {
            if (unlocks && File.Exists(path))
            {
                new FileInfo(path).IsReadOnly = true;
            }
        }
    }
}

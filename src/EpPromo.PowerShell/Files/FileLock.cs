namespace EpPromo.PowerShell.Files;

/// <summary>
/// Lets one command at a time work on a file, by a file beside it that is locked while the command runs. The system releases the lock of a
/// process that was killed; its file is used again.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock for the file at <paramref name="path"/>, whose folder exists.</summary>
    /// <exception cref="EpPromoException">Another command has it, or the folder is not writable.</exception>
    public static FileLock Take(string path)
    {
        try
        {
            string file = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.lock");

            // With exactly these options, the runtime checks after it has locked the file that the file still has its name, and opens it again
            // if not (.NET 7 and later on Unix; Windows needs no check). Without that, a command that has opened the file right before
            // its owner deletes it would lock a file that the next command cannot see.
            return new FileLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException e) when (SharingViolation.Is(e))
        {
            throw new EpPromoException(e, ErrorKind.Busy, nameof(SR.MergeInProgress), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.CannotWriteFile), path, e.Message);
        }
    }

    public void Dispose() => _file.Dispose();
}

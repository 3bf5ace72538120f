using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// Writes a file so that its name never stands for half of it: written beside under another name, and renamed when whole.
/// </summary>
internal static class AtomicFile
{
    private const int BufferSize = 81920;

    /// <summary>Fails when <paramref name="path"/> could not be written in the end, so that nothing is asked of the store in vain.</summary>
    /// <param name="path">The file to be.</param>
    /// <param name="noClobber">Keep a file that exists.</param>
    /// <param name="force">Replace a read-only file.</param>
    /// <param name="makesFolder">A missing folder will be made.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public static void Check(string path, bool noClobber, bool force, bool makesFolder)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            string there = FileSystem.FirstThere(path);
            if (File.Exists(there))
            {
                throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), there);
            }

            if (!makesFolder)
            {
                throw new EpPromoException(ErrorKind.File, nameof(SR.FolderMissing), folder);
            }
        }

        FileInfo file = new(path);
        if (file.Exists && noClobber)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), path);
        }

        if (file is { Exists: true, IsReadOnly: true } && !force)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FileReadOnly), path);
        }
    }

    /// <summary>Fails when neither the temporary folder nor that of <paramref name="path"/> takes a file now: what <see cref="Check"/> cannot see.</summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public static void CheckRoom(string path)
    {
        SpoolFile.Check();
        try
        {
            FileSystem.CheckTakes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    /// <summary>
    /// Writes the file with <paramref name="write"/>, which gets an empty stream that can seek. That is a spool file, so what can take
    /// long leaves nothing behind even when the process is killed; only then it is copied beside the target and renamed.
    /// </summary>
    /// <param name="path">The file to be.</param>
    /// <param name="noClobber">Keep a file that exists.</param>
    /// <param name="force">Replace a read-only file.</param>
    /// <param name="write">Makes the content.</param>
    /// <param name="stale">What was left behind in the folders of the call's files.</param>
    /// <param name="warn">Is told when the file that is replaced has other names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file as it was when it got its name.</returns>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public static async Task<WrittenFile> WriteAsync(
        string path,
        bool noClobber,
        bool force,
        Func<Stream, Task> write,
        StaleFiles stale,
        Func<string, Task> warn,
        CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            stale.Remove(path);
            using Stream spool = SpoolFile.Open();
            await write(spool);
            spool.Position = 0;
            return await PlaceAsync(spool, path, noClobber, force, warn, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    private static EpPromoException CannotWrite(string path, Exception e) =>
        new(e, ErrorKind.File, nameof(SR.CannotWriteFile), path, e.Message);

    private static async Task<WrittenFile> PlaceAsync(
        Stream content, string path, bool noClobber, bool force, Func<string, Task> warn, CancellationToken cancellationToken)
    {
        string partial = PartialFile.NewName(path);
        try
        {
            await CopyAsync(content, partial, cancellationToken);

            // Before others see it: whoever watches the folder can take it away as soon as it has its name.
            WrittenFile written = WrittenFile.Of(new FileInfo(partial), path);
            await PublishAsync(partial, path, noClobber, force, warn);
            return written;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task CopyAsync(Stream content, string partial, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = PartialFile.Create(partial);
            await content.CopyToAsync(file, BufferSize, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // How the runtime says that the file may get no longer.
            throw new IOException(e.Message, e);
        }
    }

    private static async Task PublishAsync(string partial, string path, bool noClobber, bool force, Func<string, Task> warn)
    {
        if (TryMove(partial, path))
        {
            return;
        }

        if (noClobber)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), path);
        }

        if (PrivateFile.IsUnix)
        {
            await ReplaceOnUnixAsync(partial, path, warn);
        }
        else
        {
            ReplaceOnWindows(partial, path, force);
        }
    }

    /// <summary>
    /// The new file has the old one's owner and mode before it has its name. Other names of the old file (hard links) keep the old
    /// content: written through them, a reader could see half of it, and what breaks would leave half.
    /// </summary>
    private static async Task ReplaceOnUnixAsync(string partial, string path, Func<string, Task> warn)
    {
        UnixFile? old = UnixFile.Find(path);
        old?.GiveRightsTo(partial);
        File.Replace(partial, path, null);
        if (old?.Names > 1)
        {
            await warn(MessageText.Of(SR.WarningHardLinks, path, old.Names - 1));
        }
    }

    /// <summary>Replacing keeps the access control list and the attributes there, but does not touch a read-only file.</summary>
    private static void ReplaceOnWindows(string partial, string path, bool force)
    {
        FileInfo old = new(path);
        bool unlocks = force && old.IsReadOnly;
        try
        {
            if (unlocks)
            {
                old.IsReadOnly = false;
            }

            File.Replace(partial, path, null);
        }
        finally
        {
            if (unlocks)
            {
                new FileInfo(path).IsReadOnly = true;
            }
        }
    }

    /// <summary>Gives the file its name, unless that is taken, perhaps only since <see cref="Check"/>.</summary>
    private static bool TryMove(string partial, string path)
    {
        try
        {
            File.Move(partial, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }
}

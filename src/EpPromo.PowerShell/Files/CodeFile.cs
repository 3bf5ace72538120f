namespace EpPromo.PowerShell;

/// <summary>
/// Writes a file so that its name never stands for half of it: written beside under another name, and renamed when whole.
/// </summary>
internal static class CodeFile
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
        if (!Directory.Exists(folder) && !makesFolder)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FolderMissing), folder);
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

    /// <summary>
    /// Writes the file with <paramref name="write"/>, which gets an empty stream that can seek. That is a spool file, so what can take
    /// long leaves nothing behind even when the process is killed; only then it is copied beside the target and renamed.
    /// </summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public static async Task<FileInfo> WriteAsync(
        string path, bool noClobber, bool force, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            PartialFile.RemoveStale(path);
            using Stream spool = SpoolFile.Open();
            await write(spool);
            spool.Position = 0;
            await PlaceAsync(spool, path, noClobber, force, cancellationToken);
            return new FileInfo(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.CannotWriteFile), path, e.Message);
        }
    }

    private static async Task PlaceAsync(Stream content, string path, bool noClobber, bool force, CancellationToken cancellationToken)
    {
        string partial = PartialFile.NewName(path);
        try
        {
            using (FileStream file = PartialFile.Create(partial))
            {
                await content.CopyToAsync(file, BufferSize, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            Publish(partial, path, noClobber, force);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Publish(string partial, string path, bool noClobber, bool force)
    {
        if (TryMove(partial, path))
        {
            return;
        }

        if (noClobber)
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), path);
        }

        FileInfo old = new(path);
        if (old.IsReadOnly && force)
        {
            old.IsReadOnly = false;
        }

        File.Replace(partial, path, null);
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

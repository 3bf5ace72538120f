namespace EpPromo.PowerShell;

/// <summary>
/// Writes a file so that its name never stands for half of it: written beside under another name, and renamed when whole.
/// </summary>
internal static class CodeFile
{
    private const int BufferSize = 81920;
    private const string PartialSuffix = ".partial";

    /// <summary>Fails when <paramref name="path"/> could not be written in the end, so that nothing is asked of the store in vain.</summary>
    /// <param name="path">The file to be.</param>
    /// <param name="noClobber">Keep a file that exists.</param>
    /// <param name="force">Make a missing folder, replace a read-only file.</param>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>.</exception>
    public static void Check(string path, bool noClobber, bool force)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder) && !force)
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

    /// <summary>Writes the file with <paramref name="write"/>, which gets an empty stream that can seek.</summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.File"/>; nothing is left behind.</exception>
    public static async Task<FileInfo> WriteAsync(string path, bool noClobber, bool force, Func<Stream, Task> write)
    {
        string partial = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{PartialSuffix}");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (FileStream file = new(partial, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, useAsync: true))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            Publish(partial, path, noClobber, force);
            return new FileInfo(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.CannotWriteFile), path, e.Message);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Publish(string partial, string path, bool noClobber, bool force)
    {
        if (noClobber || !File.Exists(path))
        {
            File.Move(partial, path);
            return;
        }

        FileInfo old = new(path);
        if (old.IsReadOnly && force)
        {
            old.IsReadOnly = false;
        }

        File.Replace(partial, path, null);
    }
}

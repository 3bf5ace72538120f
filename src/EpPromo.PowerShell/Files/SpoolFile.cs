namespace EpPromo.PowerShell.Files;

/// <summary>A temporary file that only its owner can read and that is deleted when it is closed or the process ends.</summary>
internal static class SpoolFile
{
    /// <summary>Opens a new, empty file for reading and writing.</summary>
    /// <exception cref="EpPromoException">The temporary folder cannot be used; the stream throws it as well, for example when the disk is full.</exception>
    public static SpoolStream Open()
    {
        string folder = Path.GetTempPath();
        try
        {
            string path = Path.Combine(folder, "EpPromo-" + Path.GetRandomFileName());

            // Without a buffer: an error of the disk must not come up again when the file is closed.
            FileStream file = PrivateFile.Create(path, FileShare.Delete, 1, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            if (UnixFile.IsUnix)
            {
                // An open file without a name exists until it is closed, however the process ends.
                File.Delete(path);
            }

            return new SpoolStream(file, folder);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw Unusable(folder, e);
        }
    }

    /// <summary>Fails if no file can be written to the temporary folder, before anything is requested from the store.</summary>
    /// <exception cref="EpPromoException">The temporary folder cannot be used.</exception>
    public static void Check()
    {
        using Stream probe = Open();
        probe.Write(new byte[FolderProbe.ProbeLength], 0, FolderProbe.ProbeLength);
    }

    /// <summary>Whether it is an error of the file system; for a file that exceeds a size limit, the runtime throws an ArgumentException.</summary>
    internal static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    internal static EpPromoException Unusable(string folder, Exception e) =>
        new(e, ErrorKind.File, nameof(SR.TemporaryFolderUnusable), folder, e.Message);
}

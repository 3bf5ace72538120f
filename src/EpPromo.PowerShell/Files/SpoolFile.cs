namespace EpPromo.PowerShell.Files;

/// <summary>A temporary file that only its owner can read and that is deleted when it is closed or the process ends.</summary>
internal static class SpoolFile
{
    /// <summary>Opens a new, empty file for reading and writing.</summary>
    /// <exception cref="EpPromoException">The temporary folder cannot be used; the stream throws it as well, for example when the disk is full.</exception>
    public static TemporaryFileStream Open()
    {
        string folder = Path.GetTempPath();
        try
        {
            string path = Path.Combine(folder, "EpPromo-" + Path.GetRandomFileName());
            FileStream file = PrivateFile.Create(path, FileShare.Delete, PrivateFile.NoBuffer, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            if (UnixFile.IsUnix)
            {
                // An open file without a name exists until it is closed, however the process ends.
                File.Delete(path);
            }

            return new TemporaryFileStream(file, e => Unusable(folder, e));
        }
        catch (Exception e) when (TemporaryFileStream.IsFileError(e))
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

    private static EpPromoException Unusable(string folder, Exception e) =>
        new(e, ErrorKind.File, nameof(SR.TemporaryFolderUnusable), folder, e.Message);
}

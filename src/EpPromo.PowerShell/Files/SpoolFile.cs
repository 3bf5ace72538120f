namespace EpPromo.PowerShell.Files;

/// <summary>A temporary file that nobody else can read and that is gone when it is closed, or when the process dies.</summary>
internal static class SpoolFile
{
    /// <summary>As much as a full disk does not take any more.</summary>
    private const int ProbeLength = 4096;

    /// <summary>Opens an empty one for reading and writing.</summary>
    /// <exception cref="EpPromoException">The temporary folder cannot be used; the stream throws it, too, for example when the disk is full.</exception>
    public static Stream Open()
    {
        string folder = Path.GetTempPath();
        try
        {
            string path = Path.Combine(folder, "EpPromo-" + Path.GetRandomFileName());

            // Without a buffer: what the disk does not take must not come up again when the file is closed.
            FileStream file = PrivateFile.Create(path, FileShare.Delete, 1, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            if (PrivateFile.IsUnix)
            {
                // Without its name an open file lives on until it is closed, by whatever end.
                File.Delete(path);
            }

            return new SpoolStream(file, folder);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw Unusable(folder, e);
        }
    }

    /// <summary>Fails when the temporary folder takes no file, so that nothing is asked of the store in vain.</summary>
    /// <exception cref="EpPromoException">The temporary folder cannot be used.</exception>
    public static void Check()
    {
        using Stream probe = Open();
        probe.Write(new byte[ProbeLength], 0, ProbeLength);
    }

    /// <summary>What the file system's errors are; of a file that may get no longer, the runtime says that an argument is out of range.</summary>
    internal static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    internal static EpPromoException Unusable(string folder, Exception e) =>
        new(e, ErrorKind.File, nameof(SR.TemporaryFolderUnusable), folder, e.Message);
}

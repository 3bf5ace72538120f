using System.Runtime.InteropServices;

namespace EpPromo.PowerShell;

/// <summary>A temporary file that is gone when it is closed, or when the process dies.</summary>
internal static class SpoolFile
{
    private const int BufferSize = 81920;

    /// <summary>Opens an empty one for reading and writing.</summary>
    public static Stream Open()
    {
        string path = Path.Combine(Path.GetTempPath(), "EpPromo-" + Path.GetRandomFileName());
        FileStream file = new(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferSize, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // Without its name an open file lives on until it is closed, by whatever end.
            File.Delete(path);
        }

        return file;
    }
}

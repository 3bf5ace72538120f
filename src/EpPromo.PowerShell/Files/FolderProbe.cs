using System.Runtime.InteropServices;

namespace EpPromo.PowerShell.Files;

/// <summary>Finds out about a folder what only a file created there can show.</summary>
internal static class FolderProbe
{
    /// <summary>More bytes than a disk that counts as full still accepts.</summary>
    public const int ProbeLength = 4096;

    /// <summary>
    /// Fails if no file can be created in the folder of <paramref name="file"/>; if that folder is missing, in its nearest ancestor.
    /// </summary>
    /// <exception cref="IOException">It cannot, for example because the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission.</exception>
    public static void CheckWritable(string file)
    {
        using FileStream probe = Probe(file, PartialFile.NewName);
        probe.Write(new byte[ProbeLength], 0, ProbeLength);
        probe.Flush();
    }

    /// <summary>Whether names in the folder of <paramref name="file"/> that differ only in case are the same file.</summary>
    public static bool IsCaseInsensitive(string file)
    {
        try
        {
            string name = "";
            using FileStream probe = Probe(file, path => name = PartialFile.NewName(path));
            return File.Exists(Path.Combine(Path.GetDirectoryName(name)!, Path.GetFileName(name).ToUpperInvariant()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing can be written there, so the result does not matter: the default of the system.
            return RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
        }
    }

    /// <summary>The folder of <paramref name="file"/>, or its nearest ancestor that exists, perhaps as a file.</summary>
    public static string NearestExisting(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        while (!Directory.Exists(folder) && !File.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }

    /// <summary>A file that is deleted when it is closed.</summary>
    private static FileStream Probe(string file, Func<string, string> newName)
    {
        string sibling = Path.Combine(NearestExisting(file), Path.GetFileName(file));
        return PrivateFile.Create(newName(sibling), FileShare.Delete, ProbeLength, FileOptions.DeleteOnClose);
    }
}

using System.Runtime.InteropServices;

namespace EpPromo.PowerShell.Files;

/// <summary>What only the file system itself can tell of a folder.</summary>
internal static class FileSystem
{
    /// <summary>As much as a full disk does not take any more.</summary>
    private const int ProbeLength = 4096;

    /// <summary>Fails when the folder of <paramref name="file"/>, or where that will be made, takes no files.</summary>
    /// <exception cref="IOException">It does not, for example because the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not.</exception>
    public static void CheckTakes(string file)
    {
        using FileStream probe = Probe(file, PartialFile.NewName);
        probe.Write(new byte[ProbeLength], 0, ProbeLength);
        probe.Flush();
    }

    /// <summary>Whether names in the folder of <paramref name="file"/> that differ in their case only are one file.</summary>
    public static bool IgnoresCase(string file)
    {
        try
        {
            string name = "";
            using FileStream probe = Probe(file, path => name = PartialFile.NewName(path));
            return File.Exists(Path.Combine(Path.GetDirectoryName(name)!, Path.GetFileName(name).ToUpperInvariant()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing will be written there in any case: what is usual on the system has to do.
            return RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
        }
    }

    /// <summary>The folder of <paramref name="file"/>, or the first above it that is there, perhaps as a file.</summary>
    public static string FirstThere(string file)
    {
        string place = Path.GetDirectoryName(file)!;
        while (!Directory.Exists(place) && !File.Exists(place) && Path.GetDirectoryName(place) is { } above)
        {
            place = above;
        }

        return place;
    }

    /// <summary>A file that is gone when it is closed.</summary>
    private static FileStream Probe(string file, Func<string, string> newName)
    {
        string beside = Path.Combine(FirstThere(file), Path.GetFileName(file));
        return PrivateFile.Create(newName(beside), FileShare.Delete, ProbeLength, FileOptions.DeleteOnClose);
    }
}

using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>A file that was written, with its properties, because another process may have moved it.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastWriteTime">When it was last written, in local time.</param>
internal sealed record WrittenFile(string Path, long Length, DateTime LastWriteTime)
{
    /// <summary>The properties of <paramref name="file"/>, which will be renamed to <paramref name="path"/>.</summary>
    public static WrittenFile Of(FileInfo file, string path) => new(path, file.Length, file.LastWriteTime);

    /// <summary>The file as an object with the length and time that it had, for when it no longer exists.</summary>
    public PSObject ToObject()
    {
        PSObject file = new(new FileInfo(Path));
        file.Properties.Add(new PSNoteProperty(nameof(FileInfo.Length), Length));
        file.Properties.Add(new PSNoteProperty(nameof(FileInfo.LastWriteTime), LastWriteTime));
        return file;
    }
}

using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>A file that was written, with what is known of it even when it is not there any more.</summary>
/// <param name="Path">Where it was put.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="LastWriteTime">When the last of them was written, in local time.</param>
internal sealed record WrittenFile(string Path, long Length, DateTime LastWriteTime)
{
    /// <summary>What is known of <paramref name="file"/>, which is to be put at <paramref name="path"/>.</summary>
    public static WrittenFile Of(FileInfo file, string path) => new(path, file.Length, file.LastWriteTime);

    /// <summary>The file as an object, for when it cannot be read where it was put: it has the length and the time that it had.</summary>
    public PSObject ToObject()
    {
        PSObject file = new(new FileInfo(Path));
        file.Properties.Add(new PSNoteProperty(nameof(FileInfo.Length), Length));
        file.Properties.Add(new PSNoteProperty(nameof(FileInfo.LastWriteTime), LastWriteTime));
        return file;
    }
}

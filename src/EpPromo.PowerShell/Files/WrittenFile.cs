using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>A file that was written, with its properties, because another process may have moved it.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastWriteTime">When it was last written, in local time.</param>
internal sealed record WrittenFile(string Path, long Length, DateTime LastWriteTime)
{
    /// <summary>Marks a path as one of the file system, whatever the session's current location.</summary>
    private const string FileSystemPrefix = @"Microsoft.PowerShell.Core\FileSystem::";

    /// <summary>The properties of <paramref name="file"/>, which will be renamed to <paramref name="path"/>.</summary>
    public static WrittenFile Of(FileInfo file, string path) => new(path, file.Length, file.LastWriteTime);

    /// <summary>
    /// The file as Get-Item would return it. If it no longer exists, because a process that watches the folder has moved it, that is no error,
    /// and must not end other work: the object then has the length and time that the file had. On the pipeline thread.
    /// </summary>
    /// <param name="provider">Finds the file.</param>
    public PSObject ToObject(ProviderIntrinsics provider) => Find(provider) ?? ToObject();

    private PSObject? Find(ProviderIntrinsics provider)
    {
        try
        {
            // If the file disappears meanwhile, the provider returns a folder, or a file without a length.
            PSObject? item = provider.Item.Get([FileSystemPrefix + Path], force: true, literalPath: true).FirstOrDefault();
            return item?.BaseObject is FileInfo { Exists: true } ? item : null;
        }
        catch (Exception e) when (e is ProviderInvocationException or SessionStateException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private PSObject ToObject()
    {
        PSObject file = new(new FileInfo(Path));
        file.Properties.Add(new PSNoteProperty(nameof(FileInfo.Length), Length));
        file.Properties.Add(new PSNoteProperty(nameof(FileInfo.LastWriteTime), LastWriteTime));
        return file;
    }
}

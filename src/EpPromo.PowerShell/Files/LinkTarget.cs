namespace EpPromo.PowerShell.Files;

/// <summary>The target of a symbolic link: writing to a link writes to its target, as Export-Csv does, and the link stays.</summary>
internal static class LinkTarget
{
    /// <summary>FileSystemInfo.ResolveLinkTarget. .NET Framework has none, so Windows PowerShell treats a link as the file itself.</summary>
    private static readonly Func<FileSystemInfo, bool, FileSystemInfo?>? s_resolve =
        typeof(FileSystemInfo).GetMethod("ResolveLinkTarget", [typeof(bool)]) is { } method
            ? (Func<FileSystemInfo, bool, FileSystemInfo?>)method.CreateDelegate(typeof(Func<FileSystemInfo, bool, FileSystemInfo?>))
            : null;

    /// <summary>
    /// The file at the end of the links that start at <paramref name="path"/>, whether or not it exists; the path itself if it is no link.
    /// </summary>
    /// <exception cref="IOException">The links form a cycle.</exception>
    /// <exception cref="UnauthorizedAccessException">A link may not be read.</exception>
    public static string Of(string path) => Of(new FileInfo(path), path);

    /// <summary><paramref name="folder"/> without links on the way to it: two paths of one folder become the same.</summary>
    /// <exception cref="IOException">The links form a cycle.</exception>
    /// <exception cref="UnauthorizedAccessException">A link may not be read.</exception>
    public static string OfFolder(string folder) =>
        Path.GetDirectoryName(folder) is not { } parent ? folder
        : Of(new DirectoryInfo(folder), folder) is { } target && target != folder ? OfFolder(target)
        : Path.Combine(OfFolder(parent), Path.GetFileName(folder));

    private static string Of(FileSystemInfo entry, string path) => IsLink(entry) ? s_resolve?.Invoke(entry, true)?.FullName ?? path : path;

    /// <summary>All attributes are set on a file that does not exist.</summary>
    private static bool IsLink(FileSystemInfo entry) => (int)entry.Attributes != -1 && (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}

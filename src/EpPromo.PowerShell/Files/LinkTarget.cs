namespace EpPromo.PowerShell.Files;

/// <summary>Where a link leads to: writing a file writes what its link leads to, as Export-Csv does, and the link stays.</summary>
internal static class LinkTarget
{
    /// <summary>FileSystemInfo.ResolveLinkTarget. .NET Framework has none, so Windows PowerShell takes a link for the file.</summary>
    private static readonly Func<FileSystemInfo, bool, FileSystemInfo?>? s_resolve =
        typeof(FileSystemInfo).GetMethod("ResolveLinkTarget", [typeof(bool)]) is { } method
            ? (Func<FileSystemInfo, bool, FileSystemInfo?>)method.CreateDelegate(typeof(Func<FileSystemInfo, bool, FileSystemInfo?>))
            : null;

    /// <summary>The file at the end of the links that begin at <paramref name="path"/>, there or not; the path itself when it is no link.</summary>
    /// <exception cref="IOException">The links go in circles.</exception>
    /// <exception cref="UnauthorizedAccessException">A link may not be read.</exception>
    public static string Of(string path) => Of(new FileInfo(path), path);

    /// <summary>The folder that <paramref name="folder"/> is without links on the way to it: two ways to one folder become one.</summary>
    /// <exception cref="IOException">The links go in circles.</exception>
    /// <exception cref="UnauthorizedAccessException">A link may not be read.</exception>
    public static string OfFolder(string folder) =>
        Path.GetDirectoryName(folder) is not { } above ? folder
        : Of(new DirectoryInfo(folder), folder) is { } target && target != folder ? OfFolder(target)
        : Path.Combine(OfFolder(above), Path.GetFileName(folder));

    private static string Of(FileSystemInfo entry, string path) => IsLink(entry) ? s_resolve?.Invoke(entry, true)?.FullName ?? path : path;

    /// <summary>All attributes are set on a file that is not there.</summary>
    private static bool IsLink(FileSystemInfo entry) => (int)entry.Attributes != -1 && (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}

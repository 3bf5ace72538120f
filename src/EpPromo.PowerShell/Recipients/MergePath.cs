using System.Management.Automation;
using EpPromo.PowerShell.Files;

namespace EpPromo.PowerShell.Recipients;

/// <summary>The -Path or -LiteralPath of a merged file: one CSV file.</summary>
internal static class MergePath
{
    private static readonly string[] s_extensions = [".csv", ".txt"];

    /// <summary>The full path, links followed.</summary>
    /// <param name="argument">The path as the user gave it.</param>
    /// <param name="session">Resolves paths.</param>
    /// <exception cref="EpPromoException">It is not in the file system, or not the path of a CSV file.</exception>
    public static string Resolve(PathArgument argument, PathIntrinsics session) =>
        SingleFilePath.Resolve(argument, session, s_extensions, nameof(SR.MergeNeedsCsv));

    /// <summary>The full paths of files to read; wildcards are allowed.</summary>
    /// <exception cref="EpPromoException">There is no such file.</exception>
    public static IEnumerable<string> ResolveMany(string path, PathIntrinsics session)
    {
        try
        {
            return session.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.CannotReadFile), path, e.Message);
        }
    }
}

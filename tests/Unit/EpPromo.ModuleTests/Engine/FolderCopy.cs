namespace EpPromo.ModuleTests.Engine;

/// <summary>Copies folders.</summary>
internal static class FolderCopy
{
    /// <summary>Makes <paramref name="to"/> hold what <paramref name="from"/> holds.</summary>
    public static void Make(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

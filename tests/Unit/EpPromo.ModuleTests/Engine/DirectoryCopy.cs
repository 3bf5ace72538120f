namespace EpPromo.ModuleTests.Engine;

/// <summary>Copies directories.</summary>
internal static class DirectoryCopy
{
    /// <summary>Copies the files of <paramref name="from"/>, subdirectories included, to <paramref name="to"/>.</summary>
    public static void Create(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

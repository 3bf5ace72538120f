namespace EpPromo.ModuleTests.Engine;

/// <summary>Copies directories.</summary>
internal static class DirectoryCopy
{
    /// <summary>
    /// Copies the files of <paramref name="from"/>, subdirectories included, to <paramref name="to"/>, apart from those directly below
    /// <paramref name="from"/> whose name is in <paramref name="except"/>.
    /// </summary>
    public static void Create(string from, string to, params string[] except)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            if (except.Contains(Path.GetRelativePath(from, file).Split(Path.DirectorySeparatorChar)[0]))
            {
                continue;
            }

            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

namespace EpPromo.Bench;

/// <summary>The repository that the benchmark was built from.</summary>
internal static class RepositoryFolder
{
    /// <summary>The manifest of the module as a build lays it out.</summary>
    public static string Manifest { get; } = Path.Combine(FindRoot(), "out", "EpPromo", "EpPromo.psd1");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EpPromo.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} does not lie in the EpPromo repository.");
    }
}

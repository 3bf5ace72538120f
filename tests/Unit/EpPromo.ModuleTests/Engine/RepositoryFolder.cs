namespace EpPromo.ModuleTests.Engine;

/// <summary>Folders of the repository that the tests were built from.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = FindRoot();

    /// <summary>The manifest of the module as a build lays it out.</summary>
    public static string Manifest { get; } = Path.Combine(Root, "out", "EpPromo", "EpPromo.psd1");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EpPromo.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests do not lie in the EpPromo repository.");
    }
}

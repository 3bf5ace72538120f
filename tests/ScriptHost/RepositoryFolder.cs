namespace EpPromo.ScriptHost;

/// <summary>The repository that the running program was built from.</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds EpPromo.slnx.</summary>
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

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not in the EpPromo repository.");
    }
}

namespace Quickstart;

/// <summary>The folder of this repository, found from where the program lies.</summary>
internal static class RepositoryFolder
{
    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EpPromo.psd1")) && Directory.Exists(Path.Combine(folder.FullName, "samples")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} does not lie in the EpPromo repository.");
    }
}

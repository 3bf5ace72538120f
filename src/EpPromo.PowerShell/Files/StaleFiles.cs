namespace EpPromo.PowerShell.Files;

/// <summary>
/// The partial files that killed processes have left in the folders of a command's files. Each folder is read once per command. Thread-safe.
/// </summary>
internal sealed class StaleFiles
{
    private readonly Func<string, ILookup<string, string>> _read;
    private readonly Dictionary<string, ILookup<string, string>> _folders = new(StringComparer.Ordinal);

    /// <param name="read">Reads a folder; null for <see cref="PartialFile.In"/>.</param>
    public StaleFiles(Func<string, ILookup<string, string>>? read = null) => _read = read ?? PartialFile.In;

    /// <summary>Removes the partial files of <paramref name="path"/>, whose folder exists.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user has no permission to read it.</exception>
    public void Remove(string path)
    {
        foreach (string partial in PartialsOf(path))
        {
            PartialFile.RemoveWhenStale(partial);
        }
    }

    private IEnumerable<string> PartialsOf(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        lock (_folders)
        {
            if (!_folders.TryGetValue(folder, out ILookup<string, string>? partials))
            {
                _folders[folder] = partials = _read(folder);
            }

            return partials[PartialFile.Prefix(path)];
        }
    }
}

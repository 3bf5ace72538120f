namespace EpPromo.PowerShell.Files;

/// <summary>
/// What processes that were killed have left beside the files of a call. A folder is read once in a call, however many files go there.
/// May be used from several threads.
/// </summary>
internal sealed class StaleFiles
{
    private readonly Func<string, ILookup<string, string>> _read;
    private readonly Dictionary<string, ILookup<string, string>> _folders = new(StringComparer.Ordinal);

    /// <param name="read">Reads a folder; <see cref="PartialFile.In"/>, but for tests that count.</param>
    public StaleFiles(Func<string, ILookup<string, string>>? read = null) => _read = read ?? PartialFile.In;

    /// <summary>Removes what was left beside <paramref name="path"/>, whose folder exists.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Remove(string path)
    {
        foreach (string partial in Beside(path))
        {
            PartialFile.RemoveWhenStale(partial);
        }
    }

    private IEnumerable<string> Beside(string path)
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

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// The runs whose names were given, perhaps with wildcards. It keeps the names of all runs that it is asked about, to propose them for a name
/// that no run has.
/// </summary>
internal sealed class RunNameFilter
{
    private readonly NameSearchPattern[]? _patterns;
    private readonly HashSet<string> _runs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A filter that has not been asked about a run.</summary>
    /// <param name="names">The names and patterns; null for all runs.</param>
    public RunNameFilter(string[]? names) => _patterns = names?.Select(name => new NameSearchPattern(name)).ToArray();

    /// <summary>Whether a run of this name is wanted; null if all runs are. Can be called on any thread.</summary>
    public Func<string, bool>? IsWanted => _patterns is null ? null : Matches;

    /// <summary>The names of all runs that it was asked about. To be called at the end.</summary>
    public IReadOnlyCollection<string> Runs => _runs;

    /// <summary>The names without a wildcard that no run has. To be called at the end.</summary>
    public IEnumerable<string> Missing =>
        (_patterns ?? []).Where(pattern => !pattern.IsPattern && !_runs.Any(pattern.Matches)).Select(pattern => pattern.Name);

    private bool Matches(string run)
    {
        lock (_runs)
        {
            _runs.Add(run);
        }

        return _patterns!.Any(pattern => pattern.Matches(run));
    }
}

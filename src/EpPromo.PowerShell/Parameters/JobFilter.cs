namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Selects jobs. Always applied here as well: the API reference spells a status differently in filters than in responses (api-contract.md
/// section 5), so the store's filters cannot be relied on.
/// </summary>
internal sealed class JobFilter
{
    private readonly HashSet<string>? _ids;
    private readonly HashSet<string>? _missing;
    private readonly HashSet<string>? _types;
    private readonly string[]? _statuses;
    private readonly NameSearchPattern[]? _names;

    public JobFilter(string[]? ids, string[]? types, string[]? statuses, string[]? names)
    {
        _ids = ids is null ? null : [.. ids];
        _missing = ids is null ? null : [.. ids];
        _types = types is null ? null : new(types, StringComparer.OrdinalIgnoreCase);
        _statuses = statuses;
        _names = names?.Select(name => new NameSearchPattern(name)).ToArray();
    }

    /// <summary>
    /// The only type selected, for the store to filter by; null for any, and if ids are given: a job of another type with such an id is not
    /// missing.
    /// </summary>
    public string? OnlyJobType => _ids is null && _types?.Count == 1 ? _types.First() : null;

    /// <summary>Whether every id that was given has been found, so that no more pages are needed.</summary>
    public bool IsComplete => _missing?.Count == 0;

    /// <summary>The ids that were given and not found.</summary>
    public IEnumerable<string> Missing => _missing ?? [];

    public bool Matches(PromotionJob job)
    {
        _missing?.Remove(job.JobId);
        return (_ids is null || _ids.Contains(job.JobId))
            && (_types is null || _types.Contains(job.JobType))
            && (_statuses is null || _statuses.Any(status => JobStatuses.AreSame(job.Status, status)))
            && (_names is null || _names.Any(name => name.Matches(job.Name)));
    }
}

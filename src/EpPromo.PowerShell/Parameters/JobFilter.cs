namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Which jobs are wanted. Always applied here as well: the reference spells a status differently in its filter than in its
/// answers (api-contract.md section 5), so the store's filters are not relied on.
/// </summary>
internal sealed class JobFilter
{
    private readonly HashSet<string>? _ids;
    private readonly HashSet<string>? _missing;
    private readonly HashSet<string>? _types;
    private readonly string[]? _statuses;
    private readonly NamePattern[]? _names;

    public JobFilter(string[]? ids, string[]? types, string[]? statuses, string[]? names)
    {
        _ids = ids is null ? null : [.. ids];
        _missing = ids is null ? null : [.. ids];
        _types = types is null ? null : new(types, StringComparer.OrdinalIgnoreCase);
        _statuses = statuses;
        _names = names?.Select(name => new NamePattern(name)).ToArray();
    }

    /// <summary>
    /// The one type wanted, for the store to narrow the list down; null for any, and when ids are asked for, since one of another type
    /// is there all the same.
    /// </summary>
    public string? OnlyJobType => _ids is null && _types?.Count == 1 ? _types.First() : null;

    /// <summary>Whether every id that was asked for has been seen, so that no more pages are needed.</summary>
    public bool IsComplete => _missing?.Count == 0;

    /// <summary>The ids asked for and not seen.</summary>
    public IEnumerable<string> Missing => _missing ?? [];

    public bool Fits(PromotionJob job)
    {
        _missing?.Remove(job.JobId);
        return (_ids is null || _ids.Contains(job.JobId))
            && (_types is null || _types.Contains(job.JobType))
            && (_statuses is null || _statuses.Any(status => JobStatuses.AreSame(job.Status, status)))
            && (_names is null || _names.Any(name => name.Fits(job.Name)));
    }
}

using System.Collections.Concurrent;

namespace EpPromo;

/// <summary>
/// The jobs that creates of this process have returned. A job found in a list after a lost answer belongs to one call only, so it
/// has to be claimed.
/// </summary>
public sealed class KnownJobs
{
    private readonly ConcurrentDictionary<string, bool> _ids = new();

    /// <summary>Makes the job known; false when it was already.</summary>
    public bool Claim(string jobId) => _ids.TryAdd(jobId, true);
}

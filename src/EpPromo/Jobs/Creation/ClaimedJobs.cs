using System.Collections.Concurrent;

namespace EpPromo.Jobs.Creation;

/// <summary>
/// The jobs that creates of this process have returned. A job found in a list after a lost answer belongs to one call only, so it
/// has to be claimed.
/// </summary>
internal sealed class ClaimedJobs
{
    /// <summary>
    /// How many are kept. A lost answer is cleared up within minutes, and no store takes so many creates in that time; without an end
    /// to it a session that goes on for weeks would grow.
    /// </summary>
    private const int Kept = 20_000;

    private readonly ConcurrentDictionary<string, bool> _ids = new();
    private readonly ConcurrentQueue<string> _inOrder = new();

    /// <summary>Makes the job known; false when it was already.</summary>
    public bool Claim(string jobId)
    {
        if (!_ids.TryAdd(jobId, true))
        {
            return false;
        }

        _inOrder.Enqueue(jobId);
        if (_inOrder.Count > Kept && _inOrder.TryDequeue(out string? oldest))
        {
            _ids.TryRemove(oldest, out _);
        }

        return true;
    }
}

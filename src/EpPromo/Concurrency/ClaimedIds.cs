using System.Collections.Concurrent;

namespace EpPromo.Concurrency;

/// <summary>
/// The ids of what creates of this process have returned. A job or promotion that is found in a list after a lost response belongs to one
/// call only, so that call has to claim it.
/// </summary>
internal sealed class ClaimedIds
{
    /// <summary>
    /// How many are remembered, so that a session of weeks does not grow without end. A lost response is resolved within minutes, and no
    /// store accepts so many creates in that time.
    /// </summary>
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<string, bool> _ids = new();
    private readonly ConcurrentQueue<string> _inOrder = new();

    /// <summary>Claims an id. Returns false if it was already claimed.</summary>
    public bool TryClaim(string id)
    {
        if (!_ids.TryAdd(id, true))
        {
            return false;
        }

        _inOrder.Enqueue(id);
        if (_inOrder.Count > Capacity && _inOrder.TryDequeue(out string? oldest))
        {
            _ids.TryRemove(oldest, out _);
        }

        return true;
    }
}

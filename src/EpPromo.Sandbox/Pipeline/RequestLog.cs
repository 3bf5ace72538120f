namespace EpPromo.Sandbox.Pipeline;

/// <summary>The most recent requests received on both ports.</summary>
/// <param name="capacity">How many requests are kept at least.</param>
internal sealed class RequestLog(int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _requests = [];
    private long _removed;

    /// <summary>Adds a request and returns its number.</summary>
    public long Add(RecordedRequest request)
    {
        lock (_lock)
        {
            // Removing a tenth at a time amortizes the cost of shifting the list.
            if (_requests.Count >= capacity + (capacity / 10))
            {
                int surplus = _requests.Count - capacity;
                _requests.RemoveRange(0, surplus);
                _removed += surplus;
            }

            _requests.Add(request);
            return _removed + _requests.Count - 1;
        }
    }

    /// <summary>Sets the status of the response to a request, unless the request has been removed already.</summary>
    public void SetStatus(long number, int status)
    {
        lock (_lock)
        {
            int index = (int)(number - _removed);
            if (index >= 0)
            {
                _requests[index] = _requests[index] with { Status = status };
            }
        }
    }

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }
}

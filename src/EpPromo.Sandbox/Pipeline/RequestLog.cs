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
    public void SetStatus(long number, int status) => Update(number, request => request with { Status = status });

    /// <summary>Sets how long it took to process a request, unless the request has been removed already.</summary>
    public void SetTook(long number, TimeSpan took) => Update(number, request => request with { Took = took });

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    /// <summary>The most recent requests, oldest first, the number of the first of them, and how many there have been in all.</summary>
    public (IReadOnlyList<RecordedRequest> Requests, long FirstNumber, long Total) Latest(int count)
    {
        lock (_lock)
        {
            int skipped = Math.Max(0, _requests.Count - count);
            return (_requests.GetRange(skipped, _requests.Count - skipped), _removed + skipped, _removed + _requests.Count);
        }
    }

    private void Update(long number, Func<RecordedRequest, RecordedRequest> change)
    {
        lock (_lock)
        {
            int index = (int)(number - _removed);
            if (index >= 0)
            {
                _requests[index] = change(_requests[index]);
            }
        }
    }
}

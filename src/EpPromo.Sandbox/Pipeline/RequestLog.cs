namespace EpPromo.Sandbox.Pipeline;

/// <summary>The last requests received on both ports.</summary>
internal sealed class RequestLog(int kept)
{
    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _requests = [];
    private long _forgotten;

    /// <summary>Notes a request and gives back its number.</summary>
    public long Add(RecordedRequest request)
    {
        lock (_lock)
        {
            // A tenth at a time, because a list is costly to shorten at its head.
            if (_requests.Count >= kept + (kept / 10))
            {
                int surplus = _requests.Count - kept;
                _requests.RemoveRange(0, surplus);
                _forgotten += surplus;
            }

            _requests.Add(request);
            return _forgotten + _requests.Count - 1;
        }
    }

    public void Answered(long number, int status)
    {
        lock (_lock)
        {
            int index = (int)(number - _forgotten);
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

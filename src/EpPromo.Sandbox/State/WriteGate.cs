using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>One writer per promotion at a time, where writes take time (contract section 3, "parallel writes").</summary>
internal sealed class WriteGate(SandboxOptions options, SandboxClock clock)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _writing = new(StringComparer.Ordinal);

    /// <summary>Holds the promotion for the time of a write, then runs it.</summary>
    /// <exception cref="ApiError">409: another write holds the promotion.</exception>
    public async Task<T> WriteAsync<T>(string promotionId, Func<T> write, CancellationToken ct)
    {
        if (options.WriteDuration <= TimeSpan.Zero)
        {
            return write();
        }

        lock (_lock)
        {
            if (!_writing.Add(promotionId))
            {
                throw ApiError.Conflict();
            }
        }

        try
        {
            await clock.Delay(options.WriteDuration, ct);
            return write();
        }
        finally
        {
            lock (_lock)
            {
                _writing.Remove(promotionId);
            }
        }
    }
}

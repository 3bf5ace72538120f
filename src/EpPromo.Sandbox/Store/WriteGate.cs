using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Store;

/// <summary>
/// Rejects concurrent writes to a promotion if writes take time (<see cref="SandboxOptions.WriteDuration"/>; contract section 3,
/// "parallel writes").
/// </summary>
internal sealed class WriteGate(SandboxOptions options, SandboxClock clock)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _writing = new(StringComparer.Ordinal);

    /// <summary>Blocks other writes to the promotion for the duration of a write, then executes the write.</summary>
    /// <exception cref="ErrorResponseException">409: another write to the promotion is in progress.</exception>
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
                throw ErrorResponses.Conflict();
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

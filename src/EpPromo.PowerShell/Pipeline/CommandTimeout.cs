using EpPromo.Time;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// The time that a whole command may take (-Timeout). It starts with the first input that reaches the command, so the time that
/// the commands before it take does not count.
/// </summary>
internal sealed class CommandTimeout : IDisposable
{
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _expired;

    /// <summary>A timeout that has not started.</summary>
    /// <param name="limit">The time; null for no limit.</param>
    /// <param name="stop">Cancels <see cref="Token"/> as well.</param>
    /// <exception cref="EpPromoException">The time is negative.</exception>
    public CommandTimeout(TimeSpan? limit, CancellationToken stop)
    {
        if (limit < TimeSpan.Zero)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadTimeout));
        }

        Limit = limit;
        _stop = stop;
        _expired = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>The time; null for no limit.</summary>
    public TimeSpan? Limit { get; }

    /// <summary>Cancelled when the time is over, or by a stop.</summary>
    public CancellationToken Token => _expired.Token;

    /// <summary>Whether the time is over, and the command has not been stopped.</summary>
    public bool HasExpired => _expired.IsCancellationRequested && !_stop.IsCancellationRequested;

    /// <summary>Starts the time.</summary>
    public void Start()
    {
        if (Limit is { } limit && limit <= SystemClock.MaxDelay)
        {
            _expired.CancelAfter(limit);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _expired.Dispose();
}

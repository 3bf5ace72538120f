using EpPromo.Time;

namespace EpPromo.Codes.Changes;

/// <summary>
/// The writes of a command whose responses were lost. The store may still process them, or show their result, until the consistency window is
/// over (docs/guarantees.md, "Assumptions").
/// </summary>
internal sealed class LostWrites
{
    private readonly IClock _clock;
    private readonly TimeSpan _window;
    private readonly Action _onWaiting;
    private DateTimeOffset? _last;

    /// <summary>None so far.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long after it was given up a write can have an effect.</param>
    /// <param name="onWaiting">Callback: a wait begins.</param>
    public LostWrites(IClock clock, TimeSpan consistencyWindow, Action onWaiting)
    {
        _onWaiting = onWaiting;
        _clock = clock;
        _window = consistencyWindow;
    }

    /// <summary>A write has been given up now.</summary>
    public void Add() => _last = _clock.UtcNow;

    /// <summary>Waits until none of them can still have an effect, and all effects are visible.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (_last + _window - _clock.UtcNow is { } left && left > TimeSpan.Zero)
        {
            _onWaiting();
            await _clock.DelayAsync(left, cancellationToken);
        }
    }
}

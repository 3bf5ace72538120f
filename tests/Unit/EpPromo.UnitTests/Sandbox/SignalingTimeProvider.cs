using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>
/// A fake clock that signals when the sandbox starts to wait on it, so that a test can advance it after that and not before.
/// </summary>
internal sealed class SignalingTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<ITimer> _timers = Channel.CreateUnbounded<ITimer>();

    /// <summary>Completes once for each timer that has been created.</summary>
    public Task TimerCreatedAsync() =>
        _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(timer);
        return timer;
    }
}

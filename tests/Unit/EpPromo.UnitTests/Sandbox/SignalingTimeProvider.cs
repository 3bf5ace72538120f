using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>
/// A fake clock that signals when the sandbox starts to wait on it, so that a test can advance it after that and not before.
/// </summary>
internal sealed class SignalingTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<ITimer> _timers = Channel.CreateUnbounded<ITimer>();
    private readonly Channel<ITimer> _disposed = Channel.CreateUnbounded<ITimer>();

    /// <summary>Completes once for each timer that has been created.</summary>
    public Task TimerCreatedAsync() =>
        _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Completes once for each timer that has been disposed of.</summary>
    public Task TimerDisposedAsync() =>
        _disposed.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SignalingTimer(base.CreateTimer(callback, state, dueTime, period), _disposed.Writer);
        _timers.Writer.TryWrite(timer);
        return timer;
    }

    private sealed class SignalingTimer(ITimer inner, ChannelWriter<ITimer> disposed) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            inner.Dispose();
            disposed.TryWrite(this);
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            disposed.TryWrite(this);
        }
    }
}

namespace EpPromo.ModuleTests.Servers;

/// <summary>The real clock, which a test can put forward: a sandbox's long jobs then end when the test says so.</summary>
internal sealed class AdjustableTimeProvider : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _ahead));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}

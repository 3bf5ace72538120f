namespace EpPromo.ModuleTests.Servers;

/// <summary>The system clock, which a test can advance: so the test decides when the long jobs of a sandbox end.</summary>
internal sealed class AdjustableTimeProvider : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _ahead));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}

using EpPromo.Time;

namespace EpPromo.UnitTests.Http;

/// <summary>A clock of the domain as the runtime's kind of clock, so that a store and its client live in the same time.</summary>
internal sealed class ClockTime(IClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.UtcNow;
}

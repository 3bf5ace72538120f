namespace EpPromo.Sandbox.Time;

/// <summary>The server's clock: the time provider of the options plus the clock skew.</summary>
internal sealed class SandboxClock(SandboxOptions options)
{
    public DateTimeOffset UtcNow => options.TimeProvider.GetUtcNow() + options.ClockSkew;

    public Task Delay(TimeSpan time, CancellationToken ct) => Task.Delay(time, options.TimeProvider, ct);
}

namespace EpPromo.Sandbox.State;

/// <summary>The server's clock: the given time plus its skew.</summary>
internal sealed class SandboxClock(SandboxOptions options)
{
    public DateTimeOffset UtcNow => options.TimeProvider.GetUtcNow() + options.ClockSkew;

    public Task Delay(TimeSpan time, CancellationToken ct) => Task.Delay(time, options.TimeProvider, ct);
}

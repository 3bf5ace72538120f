namespace EpPromo.UnitTests.Domain;

public class ServerClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly StoppedClock _clock = new() { UtcNow = Noon };
    private readonly ServerClock _server;

    public ServerClockTests() => _server = new ServerClock(_clock);

    [Fact]
    public void Before_the_first_header_it_is_this_machines_time() => Assert.Equal(Noon, _server.UtcNow);

    [Fact]
    public void It_counts_on_from_a_header()
    {
        _server.Observe(Noon.AddMinutes(-5));
        _clock.UtcNow += TimeSpan.FromSeconds(90);

        Assert.Equal(Noon.AddMinutes(-5).AddSeconds(90), _server.UtcNow);
    }

    [Fact]
    public void A_header_cut_to_seconds_never_turns_a_better_bound_back()
    {
        _server.Observe(Noon);
        _clock.UtcNow = Noon.AddMilliseconds(900);
        _server.Observe(Noon);

        Assert.Equal(Noon.AddMilliseconds(900), _server.UtcNow);
    }

    [Fact]
    public void A_better_bound_is_taken()
    {
        _clock.UtcNow = Noon.AddMilliseconds(900);
        _server.Observe(Noon);
        _clock.UtcNow = Noon.AddMilliseconds(1100);
        _server.Observe(Noon.AddSeconds(1));

        Assert.Equal(Noon.AddSeconds(1), _server.UtcNow);
    }

    [Fact]
    public void A_store_clock_that_is_set_back_is_followed()
    {
        _server.Observe(Noon.AddHours(1));
        _server.Observe(Noon);

        Assert.Equal(Noon, _server.UtcNow);
    }

    private sealed class StoppedClock : IClock
    {
        public DateTimeOffset UtcNow { get; set; }

        public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

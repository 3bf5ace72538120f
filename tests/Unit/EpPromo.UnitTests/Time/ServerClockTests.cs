using EpPromo.Time;

namespace EpPromo.UnitTests.Time;

public class ServerClockTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _clock = new(s_noon);
    private readonly ServerClock _server;

    public ServerClockTests() => _server = new ServerClock(_clock);

    [Fact]
    public void Before_the_first_header_it_is_this_machines_time() => Assert.Equal(s_noon, _server.UtcNow);

    [Fact]
    public void It_runs_on_from_a_header()
    {
        _server.Observe(s_noon.AddMinutes(-5));
        _clock.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(s_noon.AddMinutes(-5).AddSeconds(90), _server.UtcNow);
    }

    [Fact]
    public void With_headers_truncated_to_seconds_it_is_at_most_a_second_late()
    {
        for (int i = 0; i < 50; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(370));
            _server.Observe(new DateTimeOffset(_clock.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero));
            Assert.InRange(_clock.UtcNow - _server.UtcNow, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    public void One_wrong_machine_of_the_store_does_not_distort_it(int seconds)
    {
        for (int i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _server.Observe(_clock.UtcNow + TimeSpan.FromSeconds(i % 3 == 2 ? seconds : 0));
        }

        Assert.Equal(_clock.UtcNow, _server.UtcNow);
    }

    [Fact]
    public void It_follows_a_clock_that_drifts()
    {
        _server.Observe(s_noon.AddSeconds(5));
        _clock.Advance(TimeSpan.FromMinutes(6));
        _server.Observe(_clock.UtcNow);

        Assert.Equal(_clock.UtcNow, _server.UtcNow);
    }
}

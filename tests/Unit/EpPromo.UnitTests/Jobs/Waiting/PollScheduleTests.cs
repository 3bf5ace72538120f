using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class PollScheduleTests
{
    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(0.4, 0.2)]
    [InlineData(4, 1)]
    [InlineData(20, 5)]
    [InlineData(60, 15)]
    [InlineData(3600, 15)]
    public void Without_an_estimate_the_delay_is_a_quarter_of_the_time_elapsed(double elapsed, double delay) =>
        Assert.Equal(Seconds(delay), PollSchedule.NextDelay(Seconds(elapsed), null));

    [Theory]
    [InlineData(0, 20, 19)]
    [InlineData(10, 20, 9)]
    [InlineData(18.9, 20, 0.2)]
    public void With_an_estimate_the_next_poll_is_shortly_before_it(double elapsed, double estimate, double delay) =>
        Assert.Equal(Seconds(delay), PollSchedule.NextDelay(Seconds(elapsed), Seconds(estimate)));

    [Theory]
    [InlineData(19, 20, 1)]
    [InlineData(23, 20, 2)]
    [InlineData(200, 20, 15)]
    [InlineData(0.095, 0.1, 0.2)]
    public void Past_the_estimate_the_delay_is_short_and_then_grows(double elapsed, double estimate, double delay) =>
        Assert.Equal(Seconds(delay), PollSchedule.NextDelay(Seconds(elapsed), Seconds(estimate)));

    /// <summary>An estimate can be far too long: the end of a job that is much faster than the earlier ones is not noticed an hour late.</summary>
    [Theory]
    [InlineData(1, 30)]
    [InlineData(60, 60)]
    [InlineData(1000, 300)]
    public void No_delay_is_much_longer_than_the_job_has_run(int elapsed, int delay) =>
        Assert.Equal(TimeSpan.FromSeconds(delay), PollSchedule.NextDelay(TimeSpan.FromSeconds(elapsed), TimeSpan.FromDays(365)));

    [Fact]
    public void The_delay_is_never_shorter_than_200_ms_nor_negative()
    {
        for (double elapsed = 0; elapsed < 100; elapsed += 0.37)
        {
            Assert.True(PollSchedule.NextDelay(Seconds(elapsed), Seconds(37)) >= Seconds(0.2));
            Assert.True(PollSchedule.NextDelay(Seconds(elapsed), Seconds(-5)) >= Seconds(0.2));
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

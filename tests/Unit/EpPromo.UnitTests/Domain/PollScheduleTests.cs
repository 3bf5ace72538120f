using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Domain;

public class PollScheduleTests
{
    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(0.4, 0.2)]
    [InlineData(4, 1)]
    [InlineData(20, 5)]
    [InlineData(60, 15)]
    [InlineData(3600, 15)]
    public void Without_an_estimate_the_pause_is_a_quarter_of_the_time_waited(double waited, double pause) =>
        Assert.Equal(Seconds(pause), PollSchedule.NextDelay(Seconds(waited), null));

    [Theory]
    [InlineData(0, 20, 19)]
    [InlineData(10, 20, 9)]
    [InlineData(18.9, 20, 0.2)]
    public void With_an_estimate_the_first_look_is_shortly_before_it(double waited, double estimate, double pause) =>
        Assert.Equal(Seconds(pause), PollSchedule.NextDelay(Seconds(waited), Seconds(estimate)));

    [Theory]
    [InlineData(19, 20, 1)]
    [InlineData(23, 20, 2)]
    [InlineData(200, 20, 15)]
    [InlineData(0.095, 0.1, 0.2)]
    public void Past_it_the_looks_are_close_and_then_grow_apart(double waited, double estimate, double pause) =>
        Assert.Equal(Seconds(pause), PollSchedule.NextDelay(Seconds(waited), Seconds(estimate)));

    /// <summary>An estimate can be far too long: a job that is much faster than those before it is not noticed an hour late.</summary>
    [Theory]
    [InlineData(1, 30)]
    [InlineData(60, 60)]
    [InlineData(1000, 300)]
    public void No_pause_is_much_longer_than_the_job_has_run(int waited, int pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), PollSchedule.NextDelay(TimeSpan.FromSeconds(waited), TimeSpan.FromDays(365)));

    [Fact]
    public void The_pause_is_never_shorter_than_200_ms_nor_negative()
    {
        for (double waited = 0; waited < 100; waited += 0.37)
        {
            Assert.True(PollSchedule.NextDelay(Seconds(waited), Seconds(37)) >= Seconds(0.2));
            Assert.True(PollSchedule.NextDelay(Seconds(waited), Seconds(-5)) >= Seconds(0.2));
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

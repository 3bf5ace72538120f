using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class PollScheduleTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(2.5, 0.5)]
    [InlineData(3, 1)]
    [InlineData(20, 1)]
    [InlineData(200, 4)]
    [InlineData(3600, 15)]
    public void Without_an_estimate_the_delay_is_a_second_less_at_first_and_2_percent_of_the_age_later(double age, double delay) =>
        Assert.Equal(Seconds(delay), PollSchedule.NextDelay(Seconds(age), null));

    [Theory]
    [InlineData(0.51, 0.49)]
    [InlineData(20.3, 0.7)]
    [InlineData(20.9, 1.1)]
    public void Late_responses_do_not_add_up(double age, double delay) => Assert.Equal(Seconds(delay), PollSchedule.NextDelay(Seconds(age), null));

    /// <summary>The target of a wait without history: a job of 20 s takes 23 polls.</summary>
    [Fact]
    public void A_job_of_20_s_is_polled_23_times()
    {
        int polls = 0;
        for (TimeSpan age = TimeSpan.Zero; age < Seconds(20); polls++)
        {
            age += PollSchedule.NextDelay(age, null);
        }

        Assert.Equal(23, polls);
    }

    [Theory]
    [InlineData(0, 20.1)]
    [InlineData(10, 10.1)]
    [InlineData(20.05, 0.05)]
    public void Of_jobs_that_all_take_about_as_long_the_first_poll_is_when_the_longest_had_ended(double age, double delay) =>
        Assert.Equal(delay, PollSchedule.NextDelay(Seconds(age), Estimate(19.7, 20)).TotalSeconds, 0.001);

    [Theory]
    [InlineData(0, 10.05)]
    [InlineData(11, 1)]
    [InlineData(19, 1)]
    public void Of_jobs_that_take_different_times_the_first_poll_is_when_the_shortest_had_ended(double age, double delay) =>
        Assert.Equal(delay, PollSchedule.NextDelay(Seconds(age), Estimate(10, 20)).TotalSeconds, 0.001);

    /// <summary>A job that ends just after the estimate is noticed within 1 % of its age.</summary>
    [Theory]
    [InlineData(20.2, 20, 0.2)]
    [InlineData(201, 200, 2)]
    [InlineData(23, 20, 0.75)]
    [InlineData(40, 20, 1)]
    [InlineData(0.13, 0.1, 0.2)]
    public void Past_the_estimate_the_delay_is_short_and_then_grows(double age, double estimate, double delay) =>
        Assert.Equal(Seconds(delay), PollSchedule.NextDelay(Seconds(age), Estimate(estimate, estimate)));

    /// <summary>An estimate can be far too long: the end of a job that is much faster than the earlier ones is not noticed an hour late.</summary>
    [Theory]
    [InlineData(1, 30)]
    [InlineData(60, 60)]
    [InlineData(1000, 300)]
    public void No_silence_is_much_longer_than_the_job_has_existed(int elapsed, int silence) =>
        Assert.Equal(TimeSpan.FromSeconds(silence), PollSchedule.LongestSilence(TimeSpan.FromSeconds(elapsed)));

    [Theory]
    [InlineData(10, 9)]
    [InlineData(0.1, 0.2)]
    [InlineData(1000, 30)]
    public void A_job_whose_codes_are_counted_is_polled_shortly_before_its_end(double remaining, double delay) =>
        Assert.Equal(Seconds(delay), PollSchedule.DelayBefore(Seconds(remaining)));

    private static WorkEstimate Estimate(double shortest, double longest) => new(Seconds(shortest), Seconds(longest), Seconds(longest));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

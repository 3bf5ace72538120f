using EpPromo.Runs;
using static EpPromo.UnitTests.Domain.RunJobs;

namespace EpPromo.UnitTests.Domain;

public class RunPaceTests
{
    private static readonly TimeSpan s_lastLook = TimeSpan.FromSeconds(60);

    private DateTimeOffset _now = Start;

    [Fact]
    public void Codes_so_far_tell_how_fast_it_is_and_how_long_the_rest_takes()
    {
        RunRateEstimate pace = new(Start, TimeSpan.Zero);
        RunState[] runs = [Begin(pace), Begin(pace)];

        After(10, pace, () => runs[0].Generated = 10);
        After(5, pace);

        Assert.Equal(new RunProgressSnapshot(10, 50, 10 / 15.0, TimeSpan.FromSeconds(60)), pace.OfAll(_now));
        Assert.Equal(new RunProgressSnapshot(10, 25, 1, TimeSpan.FromSeconds(15 - 5)), pace.Of(runs[0], _now));
    }

    [Fact]
    public void Before_a_run_has_made_codes_the_others_tell_how_long_it_takes()
    {
        RunRateEstimate pace = new(Start, TimeSpan.Zero);
        RunState first = Begin(pace);
        After(10, pace, () => End(first));
        RunState second = Begin(pace);
        After(4, pace);

        Assert.Equal(new RunProgressSnapshot(0, 25, 2.5, TimeSpan.FromSeconds(6)), pace.Of(second, _now));
        Assert.Equal((1, 2), (pace.Ended, pace.Runs));
        Assert.Equal(TimeSpan.FromSeconds(25 / (25 / 14.0)), pace.OfAll(_now).Left);
    }

    [Fact]
    public void One_that_takes_longer_than_the_others_has_no_time_left_and_not_less_than_none()
    {
        RunRateEstimate pace = new(Start, TimeSpan.Zero);
        RunState first = Begin(pace);
        After(10, pace, () => End(first));
        RunState second = Begin(pace);
        After(11, pace);

        Assert.Equal(TimeSpan.Zero, pace.Of(second, _now).Left);
    }

    [Fact]
    public void Nothing_is_said_before_anything_tells()
    {
        RunRateEstimate pace = new(Start, s_lastLook);
        RunState run = Begin(pace);
        After(5, pace);

        Assert.Equal(new RunProgressSnapshot(0, 25, null, null), pace.OfAll(_now));
        Assert.Equal(new RunProgressSnapshot(0, 25, null, null), pace.Of(run, _now));
    }

    [Fact]
    public void What_a_run_found_there_was_not_made_now()
    {
        RunRateEstimate pace = new(Start, TimeSpan.Zero);
        RunState run = Begin(pace);
        After(5, pace, () => run.FoundAtStart = run.Generated = 10);

        Assert.Equal(new RunProgressSnapshot(10, 25, null, null), pace.OfAll(_now));

        After(5, pace, () => run.Generated = 20);

        Assert.Equal(new RunProgressSnapshot(20, 25, 1, TimeSpan.FromSeconds(5)), pace.OfAll(_now));
    }

    [Fact]
    public void The_last_look_is_part_of_the_time_left_and_not_of_the_rate()
    {
        RunRateEstimate pace = new(Start, s_lastLook);
        RunState run = Begin(pace);
        After(10, pace, () => run.Generated = 20);

        Assert.Equal(TimeSpan.FromSeconds(2.5 + 60), pace.OfAll(_now).Left);

        After(2.5, pace, () =>
        {
            run.Generated = 25;
            run.IsResting = true;
            run.PausesUntil = _now + s_lastLook;
        });
        After(20, pace);

        Assert.Equal(new RunProgressSnapshot(25, 25, 2, TimeSpan.FromSeconds(40)), pace.OfAll(_now));
        Assert.Equal((1, 0), (pace.Pausing, pace.GivingWay));
        Assert.Empty(pace.AtWork);
    }

    [Fact]
    public void Only_a_run_that_holds_a_slot_is_at_work()
    {
        RunRateEstimate pace = new(Start, s_lastLook);
        RunState waiting = new(Request, Start);
        pace.Add(waiting);
        RunState givesWay = Begin(pace);
        givesWay.IsResting = true;
        RunState working = Begin(pace);
        RunState ended = Begin(pace);
        After(1, pace, () => ended.IsEnded = true);

        Assert.Equal([working], pace.AtWork);
        Assert.Equal((0, 1), (pace.Pausing, pace.GivingWay));
    }

    [Fact]
    public void What_a_failed_run_lacks_is_not_waited_for()
    {
        RunRateEstimate pace = new(Start, TimeSpan.Zero);
        RunState failed = Begin(pace);
        RunState other = Begin(pace);
        After(10, pace, () => (failed.IsEnded, other.Generated) = (true, 20));

        Assert.Equal(new RunProgressSnapshot(20, 50, 2, TimeSpan.FromSeconds(2.5)), pace.OfAll(_now));
    }

    /// <summary>A run whose turn has come.</summary>
    private RunState Begin(RunRateEstimate pace)
    {
        RunState run = new(Request, _now) { Activity = "at work" };
        pace.Add(run);
        return run;
    }

    private static void End(RunState run)
    {
        run.Generated = run.Requested;
        run.IsEnded = true;
    }

    private void After(double seconds, RunRateEstimate pace, Action? change = null)
    {
        _now += TimeSpan.FromSeconds(seconds);
        change?.Invoke();
        pace.Look(_now);
    }
}

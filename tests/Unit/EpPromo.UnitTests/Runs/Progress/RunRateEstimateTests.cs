using EpPromo.Runs.Execution;
using EpPromo.Runs.Progress;

using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Progress;

/// <summary>What progress bars show of the rate and of the remaining time.</summary>
public class RunRateEstimateTests
{
    private static readonly TimeSpan s_finalCheckTime = TimeSpan.FromSeconds(60);

    private DateTimeOffset _now = Start;

    [Fact]
    public void The_codes_so_far_show_the_rate_and_the_remaining_time()
    {
        RunRateEstimate estimate = new(Start, TimeSpan.Zero);
        RunState[] runs = [AddWorking(estimate), AddWorking(estimate)];

        After(10, estimate, () => runs[0].Count(10));
        After(5, estimate);

        Assert.Equal(new RunProgressSnapshot(10, 50, 10 / 15.0, TimeSpan.FromSeconds(60)), estimate.Overall(_now));
        Assert.Equal(new RunProgressSnapshot(10, 25, 1, TimeSpan.FromSeconds(15 - 5)), estimate.Of(runs[0], _now));
    }

    [Fact]
    public void Until_a_run_has_generated_codes_the_rate_of_the_others_stands_for_its_own()
    {
        RunRateEstimate estimate = new(Start, TimeSpan.Zero);
        RunState first = AddWorking(estimate);
        After(10, estimate, () => Complete(first));
        RunState second = AddWorking(estimate);
        After(4, estimate);

        Assert.Equal(new RunProgressSnapshot(0, 25, 2.5, TimeSpan.FromSeconds(6)), estimate.Of(second, _now));
        Assert.Equal((1, 2), (estimate.Ended, estimate.Runs));
        Assert.Equal(TimeSpan.FromSeconds(25 / (25 / 14.0)), estimate.Overall(_now).Remaining);
    }

    [Fact]
    public void The_remaining_time_of_a_run_that_takes_longer_than_the_others_is_zero()
    {
        RunRateEstimate estimate = new(Start, TimeSpan.Zero);
        RunState first = AddWorking(estimate);
        After(10, estimate, () => Complete(first));
        RunState second = AddWorking(estimate);
        After(11, estimate);

        Assert.Equal(TimeSpan.Zero, estimate.Of(second, _now).Remaining);
    }

    [Fact]
    public void Nothing_is_estimated_before_the_first_codes()
    {
        RunRateEstimate estimate = new(Start, s_finalCheckTime);
        RunState run = AddWorking(estimate);
        After(5, estimate);

        Assert.Equal(new RunProgressSnapshot(0, 25, null, null), estimate.Overall(_now));
        Assert.Equal(new RunProgressSnapshot(0, 25, null, null), estimate.Of(run, _now));
    }

    [Fact]
    public void Codes_of_earlier_sessions_are_not_part_of_the_rate()
    {
        RunRateEstimate estimate = new(Start, TimeSpan.Zero);
        RunState run = AddWorking(estimate);
        After(5, estimate, () => run.CountExisting(10));

        Assert.Equal(new RunProgressSnapshot(10, 25, null, null), estimate.Overall(_now));

        After(5, estimate, () => run.Count(20));

        Assert.Equal(new RunProgressSnapshot(20, 25, 1, TimeSpan.FromSeconds(5)), estimate.Overall(_now));
    }

    [Fact]
    public void The_final_check_is_part_of_the_remaining_time_and_not_of_the_rate()
    {
        RunRateEstimate estimate = new(Start, s_finalCheckTime);
        RunState run = AddWorking(estimate);
        After(10, estimate, () => run.Count(20));

        Assert.Equal(TimeSpan.FromSeconds(2.5 + 60), estimate.Overall(_now).Remaining);

        After(2.5, estimate, () =>
        {
            run.Count(25);
            run.Yield(_now + s_finalCheckTime);
        });
        After(20, estimate);

        Assert.Equal(new RunProgressSnapshot(25, 25, 2, TimeSpan.FromSeconds(40)), estimate.Overall(_now));
        Assert.Equal((1, 0), (estimate.InFinalCheck, estimate.WaitingForOtherJobs));
        Assert.Empty(estimate.Working);
    }

    [Fact]
    public void Only_runs_that_the_concurrency_limit_counts_are_working()
    {
        RunRateEstimate estimate = new(Start, s_finalCheckTime);
        RunState pending = new(Request, Start);
        estimate.Add(pending);
        RunState yielded = AddWorking(estimate);
        yielded.Yield(resumesAt: null);
        RunState working = AddWorking(estimate);
        RunState ended = AddWorking(estimate);
        After(1, estimate, ended.End);

        Assert.Equal([working], estimate.Working);
        Assert.Equal((0, 1), (estimate.InFinalCheck, estimate.WaitingForOtherJobs));
    }

    [Fact]
    public void The_missing_codes_of_a_failed_run_are_not_part_of_the_remaining_time()
    {
        RunRateEstimate estimate = new(Start, TimeSpan.Zero);
        RunState failed = AddWorking(estimate);
        RunState other = AddWorking(estimate);
        After(10, estimate, () =>
        {
            failed.End();
            other.Count(20);
        });

        Assert.Equal(new RunProgressSnapshot(20, 50, 2, TimeSpan.FromSeconds(2.5)), estimate.Overall(_now));
    }

    private RunState AddWorking(RunRateEstimate estimate)
    {
        RunState run = new(Request, _now);
        run.Enter(RunPhase.CreatingJob);
        estimate.Add(run);
        return run;
    }

    private static void Complete(RunState run)
    {
        run.Count(run.Request.Count);
        run.End();
    }

    private void After(double seconds, RunRateEstimate estimate, Action? change = null)
    {
        _now += TimeSpan.FromSeconds(seconds);
        change?.Invoke();
        estimate.Observe(_now);
    }
}

using EpPromo.Jobs.Waiting;
using EpPromo.Text;

namespace EpPromo.Runs.Planning;

/// <summary>What the plans of all runs of a command add up to.</summary>
internal sealed class RunPlanTotal
{
    private readonly IReadOnlyList<RunPlan> _plans;

    /// <summary>The plans of a command.</summary>
    /// <param name="plans">At least one.</param>
    /// <param name="throttleLimit">How many promotions are processed at once.</param>
    public RunPlanTotal(IReadOnlyList<RunPlan> plans, int throttleLimit)
    {
        _plans = [.. plans.Select(plan => plan with { TimePerJob = plan.TimePerJob ?? MedianTime(plans, plan.JobSize) })];
        JobsAtOnce = Math.Max(1, Math.Min(throttleLimit, plans.Count(plan => plan.Jobs > 0)));
    }

    /// <summary>
    /// How many jobs are active at once, as far as this module limits them. How many the store works on at once is not documented
    /// (api-contract.md section 3).
    /// </summary>
    public int JobsAtOnce { get; }

    /// <summary>Whether it is unknown how long some of the jobs take.</summary>
    public bool IsJobTimeUnknown => _plans.Any(plan => plan.IsJobTimeUnknown);

    /// <summary>How long the runs take together; at least so long if <see cref="IsJobTimeUnknown"/>.</summary>
    public TimeSpan Time => new[]
    {
        Sum(plan => plan.RequestTime), _plans.Max(plan => plan.JobTime), TimeSpan.FromTicks(Sum(plan => plan.JobTime).Ticks / JobsAtOnce),
    }.Max() + _plans.Max(plan => plan.FinalCheckTime);

    /// <summary>How long they take if the store works on one job at a time; at least so long if <see cref="IsJobTimeUnknown"/>.</summary>
    public TimeSpan TimeOneByOne =>
        new[] { Sum(plan => plan.RequestTime), Sum(plan => plan.JobTime) }.Max() + _plans.Max(plan => plan.FinalCheckTime);

    /// <summary>
    /// For example "5000 codes in 6 jobs (about 28 requests, about 00:00:12 if the store works on 2 jobs at once, 00:00:24 if on one at a
    /// time)". One page of the API's documentation says the latter (api-contract.md section 3), and jobs do not report when they started.
    /// </summary>
    public override string ToString()
    {
        string time = RunPlan.FormatTime(Time, IsJobTimeUnknown);
        return RunPlan.Format(
            _plans.Sum(plan => plan.Codes),
            _plans.Sum(plan => plan.ExistingCodes),
            _plans.Sum(plan => plan.Jobs),
            _plans.Sum(plan => plan.Requests),
            JobsAtOnce > 1 && _plans.Any(plan => plan.JobTime > TimeSpan.Zero)
                ? MessageText.Of(SR.PlanConcurrency, time, JobsAtOnce, RunPlan.FormatTime(TimeOneByOne))
                : time);
    }

    private TimeSpan Sum(Func<RunPlan, TimeSpan> part) => TimeSpan.FromTicks(_plans.Sum(plan => part(plan).Ticks));

    /// <summary>The median time of jobs of similar size, on the promotions that had such jobs.</summary>
    private static TimeSpan? MedianTime(IReadOnlyList<RunPlan> plans, int jobSize)
    {
        TimeSpan[] times =
        [
            .. plans.Where(plan => WorkTimes.IsSimilarSize(plan.JobSize, jobSize))
                .Select(plan => plan.TimePerJob)
                .OfType<TimeSpan>()
                .OrderBy(time => time),
        ];
        return times.Length == 0 ? null : times[times.Length / 2];
    }
}

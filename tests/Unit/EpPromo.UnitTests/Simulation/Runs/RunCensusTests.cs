namespace EpPromo.UnitTests.Simulation;

/// <summary>Invariants that are never put to the test hold as well: the seeds have to meet all that can happen to a run.</summary>
public class RunCensusTests
{
    private const int Seeds = 1000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    [Fact]
    public void The_seeds_meet_everything()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            RunScenario scenario = new(seed);
            scenario.Run();
            Count(scenario);
        }

        string[] expected =
        [
            .. Enum.GetNames<Fault>(), "killed", "lagging", "clocks disagree", "completed", "twins with codes", "surplus deleted", "surplus deleted, codes lag", "surplus kept",
            "needless job cancelled", "failed without counts and left codes", "cancelled without counts and left codes", "cancelled by people", "short batch", "other job in the way", "create lost",
            nameof(SR.CodesLimitExceeded), nameof(SR.TooManyEmptyBatches), nameof(SR.CreateUncertain), nameof(SR.NotFound),
        ];
        string all = string.Join(", ", _counts);
        Assert.All(expected, what => Assert.True(_counts.GetValueOrDefault(what) >= 3, $"{what}: {all}"));
        Assert.True(_counts["two at once"] >= Seeds / 2, all);
    }

    private void Count(RunScenario scenario)
    {
        foreach (Sitting sitting in scenario.Sittings)
        {
            Count(sitting.Ended is null ? "killed" : sitting.Error?.ErrorId ?? "completed", 1);
        }

        foreach (IGrouping<(string, string), Sitting> run in
            scenario.Sittings.GroupBy(sitting => (sitting.Request.PromotionId, sitting.Request.Name)))
        {
            bool twins = RunTruth.Jobs(scenario.Server, run.First().Request)
                .Where(job => JobStatuses.IsCompleted(job.Now.Status))
                .GroupBy(job => job.Now.Name)
                .Any(jobs => jobs.Count() > 1);
            Count("twins with codes", twins ? 1 : 0);
        }

        foreach ((Fault fault, int count) in scenario.Processes.SelectMany(process => process.Faults))
        {
            Count(fault.ToString(), count);
        }

        Count("two at once", HasTwoAtOnce(scenario) ? 1 : 0);
        Count("lagging", scenario.Server.Behaviour.LagChance > 0 ? 1 : 0);
        Count("clocks disagree", scenario.Server.Behaviour.DateSkew > TimeSpan.FromMilliseconds(500) ? 1 : 0);
        Count("cancelled by people", scenario.CancelledByPeople);
        Count("surplus deleted", Lines(scenario, "codes were deleted"));
        Count("surplus deleted, codes lag", scenario.Server.Behaviour.LagChance > 0 ? Lines(scenario, "codes were deleted") : 0);
        Count("surplus kept", Lines(scenario, "and -KeepSurplus kept them"));
        Count("needless job cancelled", Lines(scenario, "-> cancel"));
        Count("short batch", scenario.Server.Jobs.Count(
            job => JobStatuses.IsCompleted(job.Now.Status) && job.Now.Generated < job.NumberOfCodes));
        Count("failed without counts and left codes", UncountedWithCodes(scenario, JobStatuses.Failed));
        Count("cancelled without counts and left codes", UncountedWithCodes(scenario, JobStatuses.Cancelled));
        Count("other job in the way", Lines(scenario, nameof(SR.TooManyJobs)));
        Count("create lost", Lines(scenario, nameof(SR.WriteUncertain)));
    }

    private static int UncountedWithCodes(RunScenario scenario, string status) => scenario.Server.Jobs.Count(
        job => job.Now.Status == status && job.Now.Deleted is null && job.Made > 0 && LeavesCodes(scenario.Server.Behaviour, status));

    private static bool LeavesCodes(StoreBehaviour behaviour, string status) =>
        status == JobStatuses.Failed ? behaviour.FailedJobsLeaveCodes : behaviour.CancelledJobsLeaveCodes;

    /// <summary>Whether two runners were at work on one run of one promotion at the same time.</summary>
    private static bool HasTwoAtOnce(RunScenario scenario)
    {
        DateTimeOffset start = scenario.World.Now - scenario.World.Elapsed;
        (string Runner, string Run, DateTimeOffset Began, DateTimeOffset Ended)[] sittings =
        [
            .. scenario.Sittings.Where(sitting => sitting.Began is not null).Select(sitting => (
                sitting.Process.Name.Split('.')[0],
                sitting.Request.PromotionId + sitting.Request.Name,
                sitting.Began!.Value,
                start + (sitting.Ended ?? sitting.Process.KilledAt ?? scenario.World.Elapsed))),
        ];
        return sittings.Any(one => sittings.Any(other =>
            other.Run == one.Run && other.Runner != one.Runner && other.Began <= one.Began && one.Began < other.Ended));
    }

    private static int Lines(RunScenario scenario, string text) =>
        scenario.World.History.Count(line => line.Contains(text, StringComparison.Ordinal));

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}

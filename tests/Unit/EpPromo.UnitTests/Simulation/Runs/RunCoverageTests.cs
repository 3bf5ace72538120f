namespace EpPromo.UnitTests.Simulation;

/// <summary>An invariant that is never put to the test proves nothing: the seeds must cover all that can happen to a run.</summary>
public class RunCoverageTests
{
    private const int Seeds = 1000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    [Fact]
    public void The_seeds_cover_every_fault_and_outcome()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            RunScenario scenario = new(seed);
            scenario.Run();
            Count(scenario);
        }

        string[] expected =
        [
            .. Enum.GetNames<Fault>(), "killed", "lagging", "clocks disagree", "completed", "duplicate batches with codes", "surplus deleted", "surplus deleted, codes lag", "surplus kept",
            "unnecessary job cancelled", "failed without counts and left codes", "cancelled without counts and left codes", "cancelled by others", "short batch", "blocked by another job", "create lost",
            nameof(SR.CodesLimitExceeded), nameof(SR.TooManyEmptyBatches), nameof(SR.CreateUncertain), nameof(SR.NotFound),
        ];
        string all = string.Join(", ", _counts);
        Assert.All(expected, what => Assert.True(_counts.GetValueOrDefault(what) >= 3, $"{what}: {all}"));
        Assert.True(_counts["two at once"] >= Seeds / 2, all);
    }

    private void Count(RunScenario scenario)
    {
        foreach (SessionRecord session in scenario.Sessions)
        {
            Count(session.EndedAt is null ? "killed" : session.Error?.ErrorId ?? "completed", 1);
        }

        foreach (IGrouping<(string, string), SessionRecord> run in
            scenario.Sessions.GroupBy(session => (session.Request.PromotionId, session.Request.Name)))
        {
            bool duplicates = RunGroundTruth.Jobs(scenario.Server, run.First().Request)
                .Where(job => JobStatuses.IsCompleted(job.Current.Status))
                .GroupBy(job => job.Current.Name)
                .Any(jobs => jobs.Count() > 1);
            Count("duplicate batches with codes", duplicates ? 1 : 0);
        }

        foreach ((Fault fault, int count) in scenario.Processes.SelectMany(process => process.Faults))
        {
            Count(fault.ToString(), count);
        }

        Count("two at once", HasTwoAtOnce(scenario) ? 1 : 0);
        Count("lagging", scenario.Server.Behaviour.LagChance > 0 ? 1 : 0);
        Count("clocks disagree", scenario.Server.Behaviour.DateSkew > TimeSpan.FromMilliseconds(500) ? 1 : 0);
        Count("cancelled by others", scenario.CancelledByOthers);
        Count("surplus deleted", Lines(scenario, "codes were deleted"));
        Count("surplus deleted, codes lag", scenario.Server.Behaviour.LagChance > 0 ? Lines(scenario, "codes were deleted") : 0);
        Count("surplus kept", Lines(scenario, "and -KeepSurplus kept them"));
        Count("unnecessary job cancelled", Lines(scenario, "-> cancel"));
        Count("short batch", scenario.Server.Jobs.Count(
            job => JobStatuses.IsCompleted(job.Current.Status) && job.Current.Generated < job.NumberOfCodes));
        Count("failed without counts and left codes", UncountedWithCodes(scenario, JobStatuses.Failed));
        Count("cancelled without counts and left codes", UncountedWithCodes(scenario, JobStatuses.Cancelled));
        Count("blocked by another job", Lines(scenario, nameof(SR.TooManyJobs)));
        Count("create lost", Lines(scenario, nameof(SR.WriteUncertain)));
    }

    private static int UncountedWithCodes(RunScenario scenario, string status) => scenario.Server.Jobs.Count(
        job => job.Current.Status == status && job.Current.Deleted is null && job.GeneratedCodes > 0 && KeepsCodes(scenario.Server.Behaviour, status));

    private static bool KeepsCodes(StoreBehaviour behaviour, string status) =>
        status == JobStatuses.Failed ? behaviour.FailedJobsLeaveCodes : behaviour.CancelledJobsLeaveCodes;

    /// <summary>Whether two runners executed one run on one promotion at the same time.</summary>
    private static bool HasTwoAtOnce(RunScenario scenario)
    {
        DateTimeOffset start = scenario.World.Now - scenario.World.Elapsed;
        (string Runner, string Run, DateTimeOffset StartedAt, DateTimeOffset EndedAt)[] sessions =
        [
            .. scenario.Sessions.Where(session => session.StartedAt is not null).Select(session => (
                session.Process.Name.Split('.')[0],
                session.Request.PromotionId + session.Request.Name,
                session.StartedAt!.Value,
                start + (session.EndedAt ?? session.Process.KilledAt ?? scenario.World.Elapsed))),
        ];
        return sessions.Any(one => sessions.Any(other =>
            other.Run == one.Run && other.Runner != one.Runner && other.StartedAt <= one.StartedAt && one.StartedAt < other.EndedAt));
    }

    private static int Lines(RunScenario scenario, string text) =>
        scenario.World.History.Count(line => line.Contains(text, StringComparison.Ordinal));

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}

namespace EpPromo.UnitTests.Simulation;

/// <summary>Invariants that are never put to the test hold as well: the seeds have to meet all that can happen to a run.</summary>
public class RunCensusTests
{
    private const int Seeds = 500;

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
            "killed", "two at once", "completed", "twins with codes", "surplus deleted", "surplus deleted, codes lag", "surplus kept",
            "needless job cancelled", "cancelled by people", "short batch", "other job in the way", "create lost",
            nameof(SR.CodesLimitExceeded), nameof(SR.RunGivesUp), nameof(SR.CreateUncertain), nameof(SR.NotFound),
        ];
        Assert.All(expected, what => Assert.True(_counts.GetValueOrDefault(what) >= 3, string.Join(", ", _counts)));
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

        Count("two at once", scenario.Runners > 1 ? 1 : 0);
        Count("cancelled by people", scenario.CancelledByPeople);
        Count("surplus deleted", Lines(scenario, "were deleted."));
        Count("surplus deleted, codes lag", scenario.Server.Behaviour.LagChance > 0 ? Lines(scenario, "were deleted.") : 0);
        Count("surplus kept", Lines(scenario, "they were kept"));
        Count("needless job cancelled", Lines(scenario, "-> cancel"));
        Count("short batch", scenario.Server.Jobs.Count(job => JobStatuses.IsCompleted(job.Now.Status) && job.Now.Generated < job.NumberOfCodes));
        Count("other job in the way", Lines(scenario, nameof(SR.TooManyJobs)));
        Count("create lost", Lines(scenario, nameof(SR.WriteUncertain)));
    }

    private static int Lines(RunScenario scenario, string text) =>
        scenario.World.History.Count(line => line.Contains(text, StringComparison.Ordinal));

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}

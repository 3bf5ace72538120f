namespace EpPromo.UnitTests.Simulation;

/// <summary>Invariants that are never put to the test hold as well: the seeds have to meet all that can go wrong, and right.</summary>
public class CoverageTests
{
    private const int Seeds = 1000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    [Fact]
    public void The_seeds_meet_everything()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            Scenario scenario = new(seed);
            scenario.Run();
            Count(scenario);
        }

        string[] expected =
        [
            .. Enum.GetNames<Fault>(),
            "made at once", "made, answer lost", "made when free", "refused", "not made", "uncertain and made", "uncertain and not made",
            "killed after making", "killed before making", "stopped", "too many jobs", "name used again", "same thing asked for at once",
            "waited to completed", "waited to failed", "waited to cancelled", "waited in vain", "wait stopped", "wait not told",
            "cancelled", "cancelled too late", "cancel uncertain", "quota", "lagging", "calm",
        ];
        Assert.All(expected, what => Assert.True(_counts.GetValueOrDefault(what) >= 3, $"{what}: {_counts.GetValueOrDefault(what)}"));
    }

    private void Count(Scenario scenario)
    {
        foreach (SimulatedApi store in scenario.Stores)
        {
            foreach ((Fault fault, int count) in store.Faults)
            {
                Count(fault.ToString(), count);
            }
        }

        HashSet<string?> names = [];
        HashSet<int> lost = [.. scenario.Stores.SelectMany(store => store.CallsWithLostResponses)];
        foreach (CreateCall call in scenario.Calls.OfType<CreateCall>())
        {
            bool made = scenario.Server.Jobs.Any(job => job.CallNumber == call.Number);
            Count(Outcome(call, made), 1);
            Count("made when free", made && call.WhenFree ? 1 : 0);
            Count("made, answer lost", made && call.Result is not null && lost.Contains(call.Number) ? 1 : 0);
            Count("name used again", call.Job.Name is not null && !names.Add(call.Job.Name) ? 1 : 0);
        }

        CreateCall[] creates = [.. scenario.Calls.OfType<CreateCall>()];
        Count("same thing asked for at once", creates.Count(call => call.Result is not null && creates.Any(other =>
            other.Result is not null && other.Job == call.Job && call.Job.Name is not null && other.PromotionId == call.PromotionId
            && other.Process == call.Process && other.StartedAt < call.StartedAt && call.StartedAt < other.EndedAt)));

        foreach (WaitCall call in scenario.Calls.OfType<WaitCall>())
        {
            Count(Outcome(call), 1);
        }

        foreach (CancelCall call in scenario.Calls.OfType<CancelCall>())
        {
            Count(Outcome(call), 1);
        }

        Count("quota", scenario.Server.Jobs.Count(job => job.Current.Error == "codes limit exceeded"));
        Count("lagging", scenario.Server.Behaviour.LagChance > 0 ? 1 : 0);
        Count("calm", scenario.Server.Behaviour.IsFaultFree ? 1 : 0);
    }

    private static string Outcome(CreateCall call, bool made) => call switch
    {
        { EndedAt: null } => made ? "killed after making" : "killed before making",
        { Result: not null } => "made at once",
        { Error: OperationCanceledException } => "stopped",
        { Error: ApiException { IsTooManyJobs: true } } => "too many jobs",
        { Error: ApiException } => "refused",
        { Error: EpPromoException { Kind: ErrorKind.Uncertain } } => made ? "uncertain and made" : "uncertain and not made",
        _ => "not made",
    };

    private static string Outcome(WaitCall call) => call switch
    {
        { EndedAt: null } => "wait killed",
        { Result: { } job } => "waited to " + job.Status,
        { Error: OperationCanceledException } => "wait stopped",
        { Error: EpPromoException { ErrorId: nameof(SR.JobNotFound) } } => "waited in vain",
        _ => "wait not told",
    };

    private static string Outcome(CancelCall call) => call switch
    {
        { EndedAt: null } => "cancel killed",
        { Result: not null } => "cancelled",
        { Error: ApiException { ErrorId: nameof(SR.JobNotCancellable) } } => "cancelled too late",
        { Error: UncertainResultException } => "cancel uncertain",
        _ => "cancel refused",
    };

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}

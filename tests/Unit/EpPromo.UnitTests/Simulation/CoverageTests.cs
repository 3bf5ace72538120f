namespace EpPromo.UnitTests.Simulation;

/// <summary>An invariant that is never put to the test proves nothing: the seeds must cover every fault and every outcome.</summary>
public class CoverageTests
{
    private const int Seeds = 1000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    [Fact]
    public void The_seeds_cover_every_fault_and_outcome()
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
            "created", "created, response lost", "created when free", "rejected", "not created", "uncertain and created", "uncertain and not created",
            "killed after creating", "killed before creating", "create cancelled", "too many jobs", "name used again", "same request twice at once",
            "waited to completed", "waited to failed", "waited to cancelled", "job not found", "wait cancelled", "wait failed",
            "cancelled", "cancelled too late", "cancel uncertain", "quota", "lagging", "fault-free",
        ];
        Assert.All(expected, what => Assert.True(_counts.GetValueOrDefault(what) >= 3, $"{what}: {_counts.GetValueOrDefault(what)}"));
    }

    private void Count(Scenario scenario)
    {
        foreach (SimulatedApi connection in scenario.Connections)
        {
            foreach ((Fault fault, int count) in connection.Faults)
            {
                Count(fault.ToString(), count);
            }
        }

        HashSet<string?> names = [];
        HashSet<int> lost = [.. scenario.Connections.SelectMany(connection => connection.CallsWithLostResponses)];
        foreach (CreateCall call in scenario.Calls.OfType<CreateCall>())
        {
            bool created = scenario.Server.Jobs.Any(job => job.CallNumber == call.Number);
            Count(Outcome(call, created), 1);
            Count("created when free", created && call.WhenFree ? 1 : 0);
            Count("created, response lost", created && call.Result is not null && lost.Contains(call.Number) ? 1 : 0);
            Count("name used again", call.Job.Name is not null && !names.Add(call.Job.Name) ? 1 : 0);
        }

        CreateCall[] creates = [.. scenario.Calls.OfType<CreateCall>()];
        Count("same request twice at once", creates.Count(call => call.Result is not null && creates.Any(other =>
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
        Count("fault-free", scenario.Server.Behaviour.IsFaultFree ? 1 : 0);
    }

    private static string Outcome(CreateCall call, bool created) => call switch
    {
        { EndedAt: null } => created ? "killed after creating" : "killed before creating",
        { Result: not null } => "created",
        { Error: OperationCanceledException } => "create cancelled",
        { Error: ApiException { IsTooManyJobs: true } } => "too many jobs",
        { Error: ApiException } => "rejected",
        { Error: EpPromoException { Kind: ErrorKind.Uncertain } } => created ? "uncertain and created" : "uncertain and not created",
        _ => "not created",
    };

    private static string Outcome(WaitCall call) => call switch
    {
        { EndedAt: null } => "wait killed",
        { Result: { } job } => "waited to " + job.Status,
        { Error: OperationCanceledException } => "wait cancelled",
        { Error: EpPromoException { ErrorId: nameof(SR.JobNotFound) } } => "job not found",
        _ => "wait failed",
    };

    private static string Outcome(CancelCall call) => call switch
    {
        { EndedAt: null } => "cancel killed",
        { Result: not null } => "cancelled",
        { Error: ApiException { ErrorId: nameof(SR.JobNotCancellable) } } => "cancelled too late",
        { Error: UncertainResultException } => "cancel uncertain",
        _ => "cancel rejected",
    };

    private void Count(string what, int count) => _counts[what] = _counts.GetValueOrDefault(what) + count;
}

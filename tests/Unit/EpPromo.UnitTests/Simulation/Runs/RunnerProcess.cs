using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>One life of a runner: what Request-EpPromotionCode does in one process.</summary>
internal sealed class RunnerProcess
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly SimulatedApi _store;
    private readonly RunnerSetup _build;

    public RunnerProcess(SimulatedWorld world, SimulatedServer server, SimulatedProcess process, RunnerSetup build)
    {
        _world = world;
        _server = server;
        _process = process;
        _store = new SimulatedApi(world, server, process);
        _build = build;
    }

    /// <summary>How many requests have met which fault.</summary>
    public IReadOnlyDictionary<Fault, int> Faults => _store.Faults;

    /// <summary>Called when a create is on its way.</summary>
    public Action? CreateSent
    {
        get => _store.CreateSent;
        set => _store.CreateSent = value;
    }

    /// <summary>How many requests it has made.</summary>
    public int Requests => _store.Faults.Values.Sum();

    /// <summary>Runs on all promotions and returns when all runs have ended.</summary>
    /// <param name="requests">What is asked for.</param>
    /// <param name="throttleLimit">How many promotions are worked on at once.</param>
    /// <param name="sessions">Collects the sessions.</param>
    public async Task RunAsync(IReadOnlyList<CodeRunRequest> requests, int throttleLimit, List<SessionRecord> sessions)
    {
        await _store.ConnectAsync();
        IFakeApi api = _build.Connect(_store, requests);
        TimeSpan window = _server.Behaviour.ConsistencyWindow;
        JobWaiter waiter = new(api, _process.Clock, window);
        JobCreator creator = new(api, _process.Clock, _world.Random, new ClaimedJobs(), new CreateTurns(), window);
        ConcurrencyLimit slots = new(throttleLimit);
        CodeRunner runner = new(_build.ForRunner(api).AsStoreApi(), _process.Clock, creator, waiter, slots, _build.Window(window));
        using CancellationTokenSource stop = new();
        Task reading = waiter.RunAsync(stop.Token);
        await Task.WhenAll(requests.Select(request => ExecuteAsync(api, slots, runner, request, sessions)));

        // Not CancelAsync: that runs on the thread pool.
        stop.Cancel();
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
            // This is how the reading of lists ends.
        }
    }

    private async Task ExecuteAsync(
        IFakeApi api, ConcurrencyLimit slots, CodeRunner runner, CodeRunRequest request, List<SessionRecord> sessions)
    {
        RunState state = runner.NewState(request);
        SessionRecord session = new(_process, request, state, _world.Now);
        sessions.Add(session);
        _world.Record(_process.Name, $"begins {request}");
        try
        {
            session.Run = await slots.InsideAsync(() => _build.RunAsync(api, request, RunAsync), CancellationToken.None);
        }
        catch (EpPromoException e)
        {
            // Only a mistaken build lets one out.
            session.Error = e;
        }

        session.EndedAt = _world.Elapsed;
        session.GeneratedWhenEnded = RunGroundTruth.GeneratedCodes(_server, request);
        _world.Record(_process.Name, $"ends {session}: {session.Run?.Generated} codes, {session.Error?.Message ?? "well"}");

        Task<CodeRun> RunAsync(CodeRunRequest asked) => runner.RunAsync(
            asked,
            state,
            note =>
            {
                _world.Record(_process.Name, "notes " + note);
                return Task.CompletedTask;
            },
            error =>
            {
                session.Error = error;
                return Task.CompletedTask;
            },
            deliver: null,
            CancellationToken.None);
    }
}

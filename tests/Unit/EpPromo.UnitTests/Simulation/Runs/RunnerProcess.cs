using EpPromo.Codes.Changes;
using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Runs;
using EpPromo.Runs.Execution;

namespace EpPromo.UnitTests.Simulation;

/// <summary>One process of a runner: what Request-EpPromotionCode does.</summary>
internal sealed class RunnerProcess
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly SimulatedApi _store;
    private readonly RunnerSetup _setup;

    public RunnerProcess(SimulatedWorld world, SimulatedServer server, SimulatedProcess process, RunnerSetup setup)
    {
        _world = world;
        _server = server;
        _process = process;
        _store = new SimulatedApi(world, server, process);
        _setup = setup;
    }

    /// <summary>How many requests have met which fault.</summary>
    public IReadOnlyDictionary<Fault, int> Faults => _store.Faults;

    /// <summary>Called when a create has been sent.</summary>
    public Action? CreateSent
    {
        get => _store.CreateSent;
        set => _store.CreateSent = value;
    }

    /// <summary>How many requests it has sent.</summary>
    public int Requests => _store.Faults.Values.Sum();

    /// <summary>Executes the runs of all promotions.</summary>
    /// <param name="requests">The requested runs.</param>
    /// <param name="throttleLimit">How many promotions are processed at once.</param>
    /// <param name="sessions">Collects the sessions.</param>
    public async Task RunAsync(IReadOnlyList<CodeRunRequest> requests, int throttleLimit, List<SessionRecord> sessions)
    {
        await _store.ConnectAsync();
        IFakeApi api = _setup.Connect(_store, requests);
        TimeSpan window = _server.Behaviour.ConsistencyWindow;
        JobWaiter waiter = new(api, _process.Clock, window, () => _server.Behaviour.RequestsPerSecond);
        JobCreator creator = new(api, _process.Clock, _world.Random, new CreateCoordination(), window);
        ConcurrencyLimit limit = new(throttleLimit);
        CodeRemover remover = api.RemoverOf(_process.Clock, _world.Random, window);
        RunContext context = new(_setup.ForRunner(api).AsStoreApi(), _process.Clock, creator, waiter, remover, limit, _setup.Window(window));
        CodeRunner runner = new(context);
        using CancellationTokenSource stop = new();
        Task polling = waiter.RunAsync(stop.Token);
        await Task.WhenAll(requests.Select(request => ExecuteAsync(api, limit, runner, request, sessions)));

        // Not CancelAsync: it runs on the thread pool.
        stop.Cancel();
        try
        {
            await polling;
        }
        catch (OperationCanceledException)
        {
            // Polling ends in this way.
        }
    }

    private async Task ExecuteAsync(
        IFakeApi api, ConcurrencyLimit limit, CodeRunner runner, CodeRunRequest request, List<SessionRecord> sessions)
    {
        RunState state = new(_setup.Request(request), _process.Clock.UtcNow);
        SessionRecord session = new(_process, request, state, _world.Now);
        sessions.Add(session);
        _world.Record(_process.Name, $"starts {request}");
        try
        {
            session.Run = await limit.RunAsync(() => _setup.RunAsync(api, request, ExecuteAsync), CancellationToken.None);
        }
        catch (EpPromoException e)
        {
            // Only a mutant throws.
            session.Error = e;
        }

        session.EndedAt = _world.Elapsed;
        session.GeneratedWhenEnded = RunGroundTruth.GeneratedCodes(_server, request);
        _world.Record(_process.Name, $"ends {session}: {session.Run?.Generated} codes, {session.Error?.Message ?? "no error"}");

        Task<CodeRun> ExecuteAsync() => runner.RunAsync(
            state,
            note =>
            {
                _world.Record(_process.Name, "warns " + note);
                return Task.CompletedTask;
            },
            error =>
            {
                session.Error = error;
                return Task.CompletedTask;
            },
            export: null,
            CancellationToken.None);
    }
}

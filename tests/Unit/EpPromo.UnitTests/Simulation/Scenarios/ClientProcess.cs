using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One process of a client: its connection and the parts of the domain that it uses. After a kill, the next process starts from scratch.
/// </summary>
internal sealed class ClientProcess
{
    private readonly SimulatedWorld _world;
    private readonly CallLog _log;
    private readonly CreateJob _create;
    private readonly CreateJob _createWhenFree;
    private readonly JobCanceller _canceller;

    /// <summary>What runs in <paramref name="process"/>.</summary>
    /// <param name="world">The world that it runs in.</param>
    /// <param name="server">The store.</param>
    /// <param name="process">The process.</param>
    /// <param name="log">Records its calls.</param>
    /// <param name="createBy">Creates jobs in place of the domain; null for the domain itself.</param>
    public ClientProcess(
        SimulatedWorld world,
        SimulatedServer server,
        SimulatedProcess process,
        CallLog log,
        Func<SimulatedApi, SimulatedProcess, CreateJob>? createBy)
    {
        TimeSpan window = server.Behaviour.ConsistencyWindow;
        _world = world;
        _log = log;
        Process = process;
        Store = new SimulatedApi(world, server, process);
        Waiter = new JobWaiter(Store, process.Clock, window, () => server.Behaviour.RequestsPerSecond);
        JobCreator creator = new(Store, process.Clock, world.Random, new CreateCoordination(), window);
        ConcurrencyLimit limit = new(int.MaxValue);
        WaitingJobCreator waitingCreator = new(
            creator, new ActiveJobWaiter(Store, process.Clock, Waiter), limit, process.Clock, world.Random);
        _canceller = new JobCanceller(Store, process.Clock);
        CreateJob? mutant = createBy?.Invoke(Store, process);
        _create = mutant ?? creator.CreateAsync;
        _createWhenFree = mutant ?? ((promotionId, job, stop) => limit.RunAsync(
            () => waitingCreator.CreateWhenFreeAsync(promotionId, job, stop), stop));
    }

    public SimulatedProcess Process { get; }

    public SimulatedApi Store { get; }

    public JobWaiter Waiter { get; }

    /// <summary>Connects, does <paramref name="work"/> and stops polling.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        await Store.ConnectAsync();
        using CancellationTokenSource stop = new();
        Task polling = Waiter.RunAsync(stop.Token);
        await work();
        WaitProgress progress = Waiter.Progress;
        if (progress.Finished != progress.Total || progress.Statuses.Length > 0)
        {
            throw new SimulationException($"All waits have ended, but the progress is {progress}.");
        }

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

    public Task<PromotionJob?> CreateAsync(string promotionId, NewJob job, bool whenFree, TimeSpan? cancelAfter) => CallAsync(
        new CreateCall(_log.NextNumber, Process, _world.Elapsed, promotionId, job, whenFree),
        cancelAfter,
        stop => (whenFree ? _createWhenFree : _create)(promotionId, job, stop));

    public Task<PromotionJob?> WaitAsync(PromotionJob job, TimeSpan? cancelAfter) => CallAsync(
        new WaitCall(_log.NextNumber, Process, _world.Elapsed, job.PromotionId, job.JobId),
        cancelAfter,
        stop => Waiter.WaitForAsync(job, stop));

    public Task<PromotionJob?> WaitAsync(string promotionId, string jobId, TimeSpan? cancelAfter) => CallAsync(
        new WaitCall(_log.NextNumber, Process, _world.Elapsed, promotionId, jobId),
        cancelAfter,
        async stop => (await Waiter.WaitUntilAsync(promotionId, jobId, null, CancellationToken.None, stop))!);

    public Task<PromotionJob?> CancelAsync(PromotionJob job, TimeSpan? cancelAfter) => CallAsync(
        new CancelCall(_log.NextNumber, Process, _world.Elapsed, job.JobId),
        cancelAfter,
        stop => _canceller.CancelAsync(job.PromotionId, job.JobId, stop));

    private async Task<PromotionJob?> CallAsync(Call call, TimeSpan? cancelAfter, Func<CancellationToken, Task<PromotionJob>> start)
    {
        _log.Add(call);
        _world.Record(Process.Name, $"starts {call}");
        CurrentCall.Number = call.Number;
        using CancellationTokenSource stop = new();
        SimulatedTimer? userCancels = cancelAfter is { } time ? _world.After(time, () => Process.Post(_ => Cancel(call, stop), null)) : null;
        try
        {
            call.Result = await start(stop.Token);
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            // An error is an outcome, too: the invariants check it.
            call.Error = e;
        }

        userCancels?.Cancel();
        call.EndedAt = _world.Elapsed;
        _world.Record(Process.Name, $"ends {call}: {call.Result?.ToString() ?? call.Error!.Message}");
        return call.Result;
    }

    private static void Cancel(Call call, CancellationTokenSource stop)
    {
        if (call.EndedAt is null)
        {
            call.WasCancelled = true;
            stop.Cancel();
        }
    }
}

using EpPromo.Codes.Changes;
using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Runs;
using EpPromo.Runs.Execution;

namespace EpPromo.UnitTests.Simulation;

/// <summary>The delivery of a completed run's codes: the export of its file, for example.</summary>
public class DeliveryTests
{
    private static readonly TimeSpan s_deliveryTime = TimeSpan.FromMinutes(10);

    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly List<RunState> _states = [];
    private int _concurrent;
    private int _maxConcurrent;

    public DeliveryTests()
    {
        _server = new SimulatedServer(_world, new StoreBehaviour());
        _process = new SimulatedProcess(_world, "client", TimeSpan.Zero);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Deliveries_count_toward_the_concurrency_limit(bool nameIsNew)
    {
        CodeRun[] runs = Run(promotions: 10, nameIsNew, _ => DeliverAsync());

        Assert.Equal(2, _maxConcurrent);
        Assert.All(runs, run => Assert.Equal(JobStatuses.Completed, run.Status));
    }

    [Fact]
    public void A_run_ends_when_its_delivery_has_ended()
    {
        CodeRun run = Run(promotions: 1, nameIsNew: true, async _ =>
        {
            Assert.False(_states[0].IsEnded);
            Assert.True(_states[0].IsWorking);
            await DeliverAsync();
        })[0];

        Assert.InRange(run.Elapsed!.Value, s_deliveryTime, s_deliveryTime + TimeSpan.FromMinutes(5));
        Assert.Equal(_process.Clock.UtcNow, run.Finished);
        Assert.True(_states[0].IsEnded);
    }

    [Fact]
    public void A_run_whose_delivery_fails_is_a_failed_run_that_reports_all_its_codes()
    {
        CodeRun run = Run(promotions: 1, nameIsNew: true, _ => throw new EpPromoException(ErrorKind.File, nameof(SR.FileExists), "x"))[0];

        Assert.Equal((JobStatuses.Failed, 5), (run.Status, run.Generated));
        Assert.Contains("exists", run.Error, StringComparison.Ordinal);
    }

    private async Task DeliverAsync()
    {
        _maxConcurrent = Math.Max(_maxConcurrent, ++_concurrent);
        await _process.Clock.DelayAsync(s_deliveryTime, CancellationToken.None);
        _concurrent--;
    }

    private CodeRun[] Run(int promotions, bool nameIsNew, Func<int, Task> deliver)
    {
        CodeRun[] runs = [];
        _process.Start(async () =>
        {
            SimulatedApi store = new(_world, _server, _process);
            await store.ConnectAsync();
            TimeSpan window = _server.Behaviour.ConsistencyWindow;
            JobWaiter waiter = new(store, _process.Clock, window, () => 25);
            JobCreator creator = new(store, _process.Clock, _world.Random, new CreateCoordination(), window);
            ConcurrencyLimit limit = new(2);
            CodeRemover remover = store.RemoverOf(_process.Clock, _world.Random, window);
            CodeRunner runner = new(new RunContext(store.AsStoreApi(), _process.Clock, creator, waiter, remover, limit, window));
            using CancellationTokenSource end = new();
            Task polling = waiter.RunAsync(end.Token);
            runs = await Task.WhenAll(Enumerable.Range(1, promotions).Select(
                number => limit.RunAsync(() => RunAsync(runner, $"promo-{number}", nameIsNew, deliver), CancellationToken.None)));
            end.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        });
        _world.Run(() => _process.HasEnded);
        return runs;
    }

    private Task<CodeRun> RunAsync(CodeRunner runner, string promotionId, bool nameIsNew, Func<int, Task> deliver)
    {
        _server.AddPromotion(promotionId);
        CodeRunRequest request = new() { PromotionId = promotionId, Name = "bf26", IsNameGenerated = nameIsNew, Count = 5 };
        RunState state = new(request, _process.Clock.UtcNow);
        _states.Add(state);
        return runner.RunAsync(state, _ => Task.CompletedTask, _ => Task.CompletedTask, deliver, CancellationToken.None);
    }
}

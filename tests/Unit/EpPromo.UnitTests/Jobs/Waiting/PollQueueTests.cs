using EpPromo.Jobs.Waiting;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class PollQueueTests
{
    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedProcess _process;
    private readonly PollQueue _queue;

    public PollQueueTests()
    {
        _process = new SimulatedProcess(_world, "test", TimeSpan.Zero);
        _queue = new PollQueue(_process.Clock);
    }

    [Fact]
    public void The_earliest_due_comes_first_and_not_before_its_time()
    {
        Run(async () =>
        {
            Enqueue("late", 20);
            Enqueue("early", 10);

            Assert.Equal(("early", 10), await DequeueAsync());
            Assert.Equal(("late", 20), await DequeueAsync());
        });
    }

    [Fact]
    public void A_promotion_added_during_the_sleep_is_dequeued_when_it_is_due()
    {
        Run(async () =>
        {
            Enqueue("late", 20);
            Task<(string, double)> first = DequeueAsync();
            await _process.Clock.DelayAsync(TimeSpan.FromSeconds(3), CancellationToken.None);
            Enqueue("early", 5);

            Assert.Equal(("early", 5), await first);
        });
    }

    [Fact]
    public void A_promotion_can_be_moved_forward_but_not_back()
    {
        Run(async () =>
        {
            WatchedPromotion promotion = Enqueue("promotion", 10);
            _queue.Enqueue(promotion, _world.Now.AddSeconds(15));
            Assert.Equal(("promotion", 10), await DequeueAsync());

            _queue.Enqueue(promotion, _world.Now.AddSeconds(30));
            _queue.Enqueue(promotion, _world.Now.AddSeconds(2));
            Assert.Equal(("promotion", 12), await DequeueAsync());
        });
    }

    [Fact]
    public void A_dequeue_can_be_cancelled()
    {
        using CancellationTokenSource stop = new();
        _world.After(TimeSpan.FromSeconds(5), stop.Cancel);

        Run(() => Assert.ThrowsAnyAsync<OperationCanceledException>(() => _queue.DequeueAsync(stop.Token)));

        Assert.Equal(TimeSpan.FromSeconds(5), _world.Elapsed);
    }

    private WatchedPromotion Enqueue(string id, int dueSeconds)
    {
        WatchedPromotion promotion = new(id);
        _queue.Enqueue(promotion, _world.Now.AddSeconds(dueSeconds - _world.Elapsed.TotalSeconds));
        return promotion;
    }

    private async Task<(string PromotionId, double Seconds)> DequeueAsync()
    {
        WatchedPromotion promotion = await _queue.DequeueAsync(CancellationToken.None);
        return (promotion.PromotionId, _world.Elapsed.TotalSeconds);
    }

    private void Run(Func<Task> main)
    {
        _process.Start(main);
        _world.Run(() => _process.HasEnded);
    }
}

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
            _queue.Enqueue(promotion, At(15));
            Assert.Equal(("promotion", 10), await DequeueAsync());

            _queue.Enqueue(promotion, At(40));
            _queue.Enqueue(promotion, At(12));
            Assert.Equal(("promotion", 12), await DequeueAsync());
        });
    }

    [Fact]
    public void Of_those_that_are_due_the_one_with_the_lowest_rank_comes_first()
    {
        Run(async () =>
        {
            Enqueue("third", 8, rank: 3);
            Enqueue("second", 9, rank: 2);
            Enqueue("not due", 11, rank: 0);
            Enqueue("first", 10, rank: 1);
            await _process.Clock.DelayAsync(TimeSpan.FromSeconds(10), CancellationToken.None);

            Assert.Equal(("first", 10), await DequeueAsync());
            Assert.Equal(("second", 10), await DequeueAsync());
            Assert.Equal(("third", 10), await DequeueAsync());
            Assert.Equal(("not due", 11), await DequeueAsync());
        });
    }

    [Fact]
    public void A_promotion_that_is_due_is_queued_once()
    {
        Run(async () =>
        {
            Enqueue("other", 10, rank: 1);
            WatchedPromotion promotion = Enqueue("promotion", 10, rank: 2);
            await _process.Clock.DelayAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
            Assert.Equal(("other", 10), await DequeueAsync());
            _queue.Enqueue(promotion, At(5, rank: 2));
            Enqueue("last", 20);

            Assert.Equal(("promotion", 10), await DequeueAsync());
            Assert.Equal(("last", 20), await DequeueAsync());
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

    private WatchedPromotion Enqueue(string id, int dueSeconds, int rank = 0)
    {
        WatchedPromotion promotion = new(id);
        _queue.Enqueue(promotion, At(dueSeconds, rank));
        return promotion;
    }

    private (DateTimeOffset Due, DateTimeOffset Rank) At(int dueSeconds, int rank = 0)
    {
        DateTimeOffset start = _world.Now - _world.Elapsed;
        return (start.AddSeconds(dueSeconds), start.AddSeconds(rank));
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

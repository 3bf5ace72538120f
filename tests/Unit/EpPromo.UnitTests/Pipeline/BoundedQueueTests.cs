using EpPromo.PowerShell.Pipeline;

namespace EpPromo.UnitTests.Pipeline;

public class BoundedQueueTests
{
    private readonly BoundedQueue<int> _queue = new(2, _ => 1);

    [Fact]
    public async Task Items_come_out_in_the_order_in_which_they_were_added_with_or_without_room()
    {
        Task[] added = [.. Enumerable.Range(1, 64).Select(item => _queue.AddAsync(item, CancellationToken.None))];

        Assert.Equal(2, added.Count(task => task.IsCompletedSuccessfully));
        List<int> taken = [];
        while (taken.Count < added.Length)
        {
            int[] items = Take(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            Assert.Equal(2, items.Length);
            taken.AddRange(items);
        }

        await Task.WhenAll(added);
        Assert.Equal(Enumerable.Range(1, 64), taken);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public async Task All_items_are_taken_at_once_and_optional_ones_are_omitted_when_there_is_no_room()
    {
        Assert.True(_queue.TryAdd(1));
        await _queue.AddAsync(2, CancellationToken.None);

        Assert.False(_queue.TryAdd(3));

        Assert.Equal([1, 2], Take(TimeSpan.Zero, CancellationToken.None));
        Assert.True(_queue.TryAdd(4));
        Assert.Equal([4], Take(TimeSpan.Zero, CancellationToken.None));
        Assert.Empty(Take(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_producer_that_is_stopped_while_it_waits_adds_nothing_and_takes_no_room()
    {
        using CancellationTokenSource stop = new();
        await _queue.AddAsync(1, CancellationToken.None);
        await _queue.AddAsync(2, CancellationToken.None);
        Task stopped = _queue.AddAsync(3, stop.Token);
        Task[] next = [_queue.AddAsync(4, CancellationToken.None), _queue.AddAsync(5, CancellationToken.None)];

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.All(next, task => Assert.False(task.IsCompleted));
        Assert.Equal([1, 2], Take(TimeSpan.Zero, CancellationToken.None));
        await Task.WhenAll(next);
        Assert.Equal([4, 5], Take(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_consumer_that_waits_is_woken_by_an_item_and_by_a_stop()
    {
        using CancellationTokenSource stop = new();
        Task<int[]> taken = Task.Run(() => Take(TimeSpan.FromMinutes(1), stop.Token));
        await _queue.AddAsync(7, CancellationToken.None);
        int[] first = await taken;
        Assert.Equal([7], first);

        Task<int[]> stopped = Task.Run(() => Take(TimeSpan.FromMinutes(1), stop.Token));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }

    [Fact]
    public async Task A_long_item_takes_the_room_of_several()
    {
        BoundedQueue<int> queue = new(5, item => item);
        await queue.AddAsync(4, CancellationToken.None);
        await queue.AddAsync(7, CancellationToken.None);

        Assert.False(queue.TryAdd(1));
        Task waiting = queue.AddAsync(1, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        Queue<int> items = new();
        Assert.True(queue.TryTakeAll(TimeSpan.Zero, ref items, CancellationToken.None));
        Assert.Equal([4, 7], items);
        await waiting;
    }

    private int[] Take(TimeSpan limit, CancellationToken cancellationToken)
    {
        Queue<int> items = new();
        return _queue.TryTakeAll(limit, ref items, cancellationToken) ? [.. items] : [];
    }
}

using EpPromo.PowerShell.Pipeline;

namespace EpPromo.UnitTests.Pipeline;

public class BoundedQueueTests
{
    private readonly BoundedQueue<int> _queue = new(2);

    [Fact]
    public async Task Items_come_out_in_the_order_in_which_they_were_added_with_or_without_room()
    {
        Task[] added = [.. Enumerable.Range(1, 64).Select(item => _queue.AddAsync(item, CancellationToken.None))];

        Assert.Equal(2, added.Count(task => task.IsCompletedSuccessfully));
        for (int item = 1; item <= added.Length; item++)
        {
            Assert.True(_queue.TryTake(TimeSpan.FromMinutes(1), out int taken, TestContext.Current.CancellationToken));
            Assert.Equal(item, taken);
        }

        await Task.WhenAll(added);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public async Task What_need_not_be_said_is_left_out_when_there_is_no_room()
    {
        Assert.True(_queue.TryAdd(1));
        await _queue.AddAsync(2, CancellationToken.None);

        Assert.False(_queue.TryAdd(3));

        Assert.True(_queue.TryTake(out int first));
        Assert.True(_queue.TryAdd(4));
        Assert.True(_queue.TryTake(out int second));
        Assert.True(_queue.TryTake(out int third));
        Assert.Equal([1, 2, 4], [first, second, third]);
        Assert.False(_queue.TryTake(out _));
    }

    [Fact]
    public async Task A_producer_that_is_stopped_while_it_waits_adds_nothing_and_takes_no_room()
    {
        using CancellationTokenSource stop = new();
        await _queue.AddAsync(1, CancellationToken.None);
        await _queue.AddAsync(2, CancellationToken.None);
        Task stopped = _queue.AddAsync(3, stop.Token);
        Task next = _queue.AddAsync(4, CancellationToken.None);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.False(next.IsCompleted);
        Assert.True(_queue.TryTake(out _));
        await next;
    }

    [Fact]
    public async Task A_consumer_that_waits_is_woken_by_an_item_and_by_a_stop()
    {
        using CancellationTokenSource stop = new();
        Task<int> taken = Task.Run(() => _queue.TryTake(TimeSpan.FromMinutes(1), out int item, stop.Token) ? item : 0);
        await _queue.AddAsync(7, CancellationToken.None);
        Assert.Equal(7, await taken);

        Task<bool> stopped = Task.Run(() => _queue.TryTake(TimeSpan.FromMinutes(1), out _, stop.Token));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }
}

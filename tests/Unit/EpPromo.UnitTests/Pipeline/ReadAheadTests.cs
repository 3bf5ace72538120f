using EpPromo.PowerShell.Pipeline;

namespace EpPromo.UnitTests.Pipeline;

/// <summary>Work that runs side by side writes in order, and reads only so much ahead.</summary>
public sealed class ReadAheadTests
{
    private readonly OutputOrder _order = new();
    private readonly List<string> _written = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_later_turn_has_read_is_written_after_the_earlier_turn_has_ended()
    {
        OrderedOutput first = _order.Next();
        OrderedOutput second = _order.Next();
        ReadAhead<string> later = Pages(second, 10);
        ReadAhead<string> earlier = Pages(first, 10);

        Assert.True(await later.AddAsync("b1"));
        Task completed = later.CompleteAsync();
        await earlier.AddAsync("a1");
        await earlier.AddAsync("a2");
        await earlier.CompleteAsync();
        Assert.False(completed.IsCompleted);
        first.End();
        await completed;

        Assert.Equal(["a1", "a2", "b1"], _written);
    }

    [Fact]
    public async Task Only_a_limited_number_of_items_is_read_before_the_turn()
    {
        OrderedOutput first = _order.Next();
        ReadAhead<string> later = Pages(_order.Next(), 2);

        Assert.True(await later.AddAsync("b1"));
        Task<bool> second = later.AddAsync("b2");
        Assert.False(second.IsCompleted);
        Assert.Empty(_written);
        first.End();

        Assert.True(await second);
        Assert.Equal(["b1", "b2"], _written);
    }

    [Fact]
    public async Task In_its_turn_it_writes_at_once_and_stops_when_it_is_enough()
    {
        ReadAhead<string> pages = new(_order.Next(), 10, Use, Stop);

        Assert.True(await pages.AddAsync("a1"));
        Assert.False(await pages.AddAsync("last"));

        Assert.Equal(["a1", "last"], _written);

        Task<bool> Use(string item)
        {
            _written.Add(item);
            return Task.FromResult(item != "last");
        }
    }

    [Fact]
    public async Task A_turn_that_ends_before_it_has_come_lets_none_overtake()
    {
        OrderedOutput first = _order.Next();
        OrderedOutput second = _order.Next();
        OrderedOutput third = _order.Next();

        second.End();
        Assert.False(third.IsNext);
        first.End();

        await third.WaitAsync(Stop);
        Assert.True(third.IsNext);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_a_turn()
    {
        _order.Next();
        OrderedOutput second = _order.Next();
        using CancellationTokenSource stop = new();

        Task waiting = second.WaitAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private ReadAhead<string> Pages(OrderedOutput output, int maxItems) => new(output, maxItems, Use, Stop);

    private Task<bool> Use(string item)
    {
        _written.Add(item);
        return Task.FromResult(true);
    }
}

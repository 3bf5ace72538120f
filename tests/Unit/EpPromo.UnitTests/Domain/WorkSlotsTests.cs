using EpPromo.Concurrency;

namespace EpPromo.UnitTests.Domain;

public class WorkSlotsTests
{
    [Fact]
    public async Task So_many_enter_at_once_and_the_others_in_their_order()
    {
        ConcurrencyLimit slots = new(2);
        Task[] entered = [.. Enumerable.Range(0, 4).Select(_ => slots.EnterAsync(CancellationToken.None))];

        Assert.Equal([true, true, false, false], entered.Select(task => task.IsCompleted));

        slots.Leave();

        await entered[2];
        Assert.False(entered[3].IsCompleted);
    }

    [Fact]
    public async Task One_that_gave_up_waiting_takes_no_slot()
    {
        ConcurrencyLimit slots = new(1);
        await slots.EnterAsync(CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task givesUp = slots.EnterAsync(stop.Token);
        Task next = slots.EnterAsync(CancellationToken.None);

        await stop.CancelAsync();
        slots.Leave();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givesUp);
        await next;
    }

    [Fact]
    public async Task A_pause_lets_another_one_in_and_ends_before_those_that_have_not_begun()
    {
        ConcurrencyLimit slots = new(1);
        await slots.EnterAsync(CancellationToken.None);
        TaskCompletionSource pause = new();
        Task second = slots.EnterAsync(CancellationToken.None);
        Task third = slots.EnterAsync(CancellationToken.None);

        Task first = slots.WithoutAsync(() => pause.Task);
        await second;
        pause.SetResult();
        Assert.False(first.IsCompleted);
        slots.Leave();
        await first;

        Assert.False(third.IsCompleted);
        slots.Leave();
        await third;
    }

    [Fact]
    public async Task A_pause_that_fails_gives_the_slot_back_all_the_same()
    {
        ConcurrencyLimit slots = new(1);
        await slots.EnterAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => slots.WithoutAsync(() => throw new InvalidOperationException("a mistake")));

        Task next = slots.EnterAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);
        slots.Leave();
        await next;
    }
}

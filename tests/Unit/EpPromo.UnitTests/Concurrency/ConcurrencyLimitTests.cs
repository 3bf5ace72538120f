using EpPromo.Concurrency;

namespace EpPromo.UnitTests.Concurrency;

public class ConcurrencyLimitTests
{
    [Fact]
    public async Task Operations_beyond_the_limit_start_in_their_order()
    {
        ConcurrencyLimit limit = new(2);
        Task[] started = [.. Enumerable.Range(0, 4).Select(_ => limit.WaitAsync(CancellationToken.None))];

        Assert.Equal([true, true, false, false], started.Select(task => task.IsCompleted));

        limit.Release();

        await started[2];
        Assert.False(started[3].IsCompleted);
    }

    [Fact]
    public async Task A_cancelled_waiter_is_skipped()
    {
        ConcurrencyLimit limit = new(1);
        await limit.WaitAsync(CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task cancelled = limit.WaitAsync(stop.Token);
        Task next = limit.WaitAsync(CancellationToken.None);

        await stop.CancelAsync();
        limit.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await next;
    }

    [Fact]
    public async Task A_release_lets_another_operation_run_and_resumes_before_those_that_have_not_started()
    {
        ConcurrencyLimit limit = new(1);
        await limit.WaitAsync(CancellationToken.None);
        TaskCompletionSource wait = new();
        Task second = limit.WaitAsync(CancellationToken.None);
        Task third = limit.WaitAsync(CancellationToken.None);

        Task first = limit.ReleaseWhileAsync(() => wait.Task);
        await second;
        wait.SetResult();
        Assert.False(first.IsCompleted);
        limit.Release();
        await first;

        Assert.False(third.IsCompleted);
        limit.Release();
        await third;
    }

    [Fact]
    public async Task The_last_operations_take_turns_with_those_that_have_started()
    {
        ConcurrencyLimit limit = new(2);
        await limit.WaitAsync(CancellationToken.None);
        await limit.WaitAsync(CancellationToken.None);
        Task last = limit.WaitAsync(CancellationToken.None);

        Task first = limit.TakeTurnAsync();
        await last;
        Assert.False(first.IsCompleted);

        Task second = limit.TakeTurnAsync();
        await first;
        Assert.False(second.IsCompleted);

        limit.Release();
        await second;
    }

    [Fact]
    public async Task While_many_have_not_started_those_that_have_come_first()
    {
        ConcurrencyLimit limit = new(2);
        Task[] started = [.. Enumerable.Range(0, 4).Select(_ => limit.WaitAsync(CancellationToken.None))];

        await limit.TakeTurnAsync();

        Assert.Equal([true, true, false, false], started.Select(task => task.IsCompleted));
    }

    [Fact]
    public async Task An_operation_that_nobody_waits_for_keeps_its_turn()
    {
        ConcurrencyLimit limit = new(2);
        await limit.WaitAsync(CancellationToken.None);
        await limit.WaitAsync(CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task cancelled = limit.WaitAsync(stop.Token);
        await stop.CancelAsync();

        await limit.TakeTurnAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task A_wait_that_fails_still_resumes_under_the_limit()
    {
        ConcurrencyLimit limit = new(1);
        await limit.WaitAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => limit.ReleaseWhileAsync(() => throw new InvalidOperationException("failed")));

        Task next = limit.WaitAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);
        limit.Release();
        await next;
    }
}

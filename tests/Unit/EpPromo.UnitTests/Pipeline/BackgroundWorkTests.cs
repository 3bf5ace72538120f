using System.Collections.Concurrent;
using EpPromo.Concurrency;
using EpPromo.PowerShell.Pipeline;

namespace EpPromo.UnitTests.Pipeline;

public sealed class BackgroundWorkTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrencyLimit _limit = new(1);
    private readonly ConcurrentQueue<Exception> _errors = new();
    private readonly SemaphoreSlim _idle = new(0);
    private readonly BackgroundWork _work;

    public BackgroundWorkTests() => _work = new BackgroundWork(() => _idle.Release(), _stop.Token);

    public void Dispose()
    {
        _stop.Cancel();
        _work.Join();
        _stop.Dispose();
        _idle.Dispose();
    }

    [Fact]
    public async Task Work_is_pending_until_it_has_ended_whether_it_runs_or_waits_for_the_limit()
    {
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Start(_ => first.Task);
        Start(_ => second.Task);

        Assert.Equal(2, _work.Pending);
        first.SetResult();
        Assert.True(SpinWait.SpinUntil(() => _work.Pending == 1, TimeSpan.FromMinutes(1)));
        second.SetResult();
        await IdleAsync();
        Assert.Equal(0, _work.Pending);
    }

    [Fact]
    public async Task The_end_of_the_last_pending_work_is_reported_each_time_and_no_other()
    {
        TaskCompletionSource both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(_ => both.Task, new ConcurrencyLimit(2));
        Start(_ => Task.CompletedTask, new ConcurrencyLimit(2));

        Assert.Equal(0, _idle.CurrentCount);
        both.SetResult();
        await IdleAsync();

        Start(_ => Task.CompletedTask);
        await IdleAsync();
        Assert.Equal(0, _idle.CurrentCount);
    }

    [Fact]
    public async Task Work_starts_in_the_order_of_the_calls()
    {
        ConcurrentQueue<int> started = new();
        foreach (int number in Enumerable.Range(1, 50))
        {
            Start(_ =>
            {
                started.Enqueue(number);
                return Task.CompletedTask;
            });
        }

        while (_work.Pending > 0)
        {
            await IdleAsync();
        }

        Assert.Equal(Enumerable.Range(1, 50), started);
    }

    [Fact]
    public async Task An_error_is_reported_and_other_work_continues()
    {
        InvalidOperationException error = new();
        bool continued = false;
        TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Start(async _ =>
        {
            await begin.Task;
            throw error;
        });
        Start(_ =>
        {
            continued = true;
            return Task.CompletedTask;
        });
        begin.SetResult();
        await IdleAsync();

        Assert.Equal([error], _errors);
        Assert.True(continued);
    }

    [Fact]
    public async Task A_service_is_not_pending_but_is_joined()
    {
        bool ended = false;
        TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.StartService(
            async cancellationToken =>
            {
                running.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    ended = true;
                }
            },
            ReportAsync);
        await running.Task;

        Assert.Equal(0, _work.Pending);
        await _stop.CancelAsync();
        _work.Join();

        Assert.True(ended);
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_service_that_fails_is_reported()
    {
        TaskCompletionSource<Exception> reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
        InvalidOperationException error = new();

        _work.StartService(_ => throw error, e =>
        {
            reported.SetResult(e);
            return Task.CompletedTask;
        });

        Assert.Same(error, await reported.Task);
    }

    [Fact]
    public async Task A_stop_ends_all_work_what_waits_for_the_limit_included_and_reports_no_error()
    {
        TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(async cancellationToken =>
        {
            running.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        Start(cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken));
        await running.Task;

        await _stop.CancelAsync();
        _work.Join();

        Assert.Equal(0, _work.Pending);
        Assert.Empty(_errors);
    }

    [Fact]
    public void Nothing_has_to_run_for_a_join_and_a_second_join_is_harmless()
    {
        _work.Join();
        _work.Join();

        Assert.Equal(0, _work.Pending);
    }

    private void Start(Func<CancellationToken, Task> work, ConcurrencyLimit? limit = null) => _work.Start(limit ?? _limit, work, ReportAsync);

    private Task ReportAsync(Exception error)
    {
        _errors.Enqueue(error);
        return Task.CompletedTask;
    }

    private Task IdleAsync() => _idle.WaitAsync(TestContext.Current.CancellationToken);
}

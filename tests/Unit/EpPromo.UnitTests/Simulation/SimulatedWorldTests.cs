namespace EpPromo.UnitTests.Simulation;

public class SimulatedWorldTests
{
    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedProcess _process;

    public SimulatedWorldTests() => _process = new SimulatedProcess(_world, "test", TimeSpan.Zero);

    [Fact]
    public void Time_jumps_to_the_next_timer()
    {
        Run(async () =>
        {
            await _process.Clock.DelayAsync(TimeSpan.FromHours(2), CancellationToken.None);
            await _process.Clock.DelayAsync(TimeSpan.FromMinutes(3), CancellationToken.None);
        });

        Assert.Equal(new TimeSpan(2, 3, 0), _world.Elapsed);
    }

    [Fact]
    public void A_cancelled_delay_ends_at_once()
    {
        using CancellationTokenSource stop = new();
        _world.After(TimeSpan.FromSeconds(5), stop.Cancel);

        Run(() => Assert.ThrowsAnyAsync<OperationCanceledException>(() => _process.Clock.DelayAsync(TimeSpan.FromHours(1), stop.Token)));

        Assert.Equal(TimeSpan.FromSeconds(5), _world.Elapsed);
    }

    [Fact]
    public void A_deadlock_is_detected()
    {
        SimulationException error = Assert.Throws<SimulationException>(() => Run(() => new TaskCompletionSource().Task));

        Assert.StartsWith("Deadlock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_waiting_is_detected()
    {
        SimulationException error = Assert.Throws<SimulationException>(() => Run(async () =>
        {
            while (true)
            {
                await _process.Clock.DelayAsync(TimeSpan.FromHours(1), CancellationToken.None);
            }
        }));

        Assert.StartsWith("Endless", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_work_without_waiting_is_detected()
    {
        SimulationException error = Assert.Throws<SimulationException>(() => Run(async () =>
        {
            while (true)
            {
                await _process.Clock.DelayAsync(TimeSpan.Zero, CancellationToken.None);
            }
        }));

        Assert.StartsWith("Endless", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_on_another_thread_is_detected()
    {
        SimulationException error = Assert.Throws<SimulationException>(() => Run(async () =>
        {
            TaskCompletionSource source = new();
            _world.After(TimeSpan.FromSeconds(1), () => OnAnotherThread(source.SetResult));
            await source.Task;
        }));

        Assert.StartsWith("A step ran outside", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_await_that_does_not_resume_in_its_process_is_detected()
    {
        SimulationException error = Assert.Throws<SimulationException>(() => Run(async () =>
        {
#pragma warning disable xUnit1030 // The error to be detected.
            await _process.Clock.DelayAsync(TimeSpan.FromSeconds(1), CancellationToken.None).ConfigureAwait(false);
#pragma warning restore xUnit1030
            _process.ThrowUnlessCurrent();
        }));

        Assert.Contains("does not resume where it began", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_killed_process_never_runs_again()
    {
        int steps = 0;
        _process.KillAfter(3);

        Run(async () =>
        {
            while (true)
            {
                steps++;
                await _process.Clock.DelayAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        });
        SimulatedProcess other = new(_world, "other", TimeSpan.Zero);
        other.Start(() => other.Clock.DelayAsync(TimeSpan.FromMinutes(1), CancellationToken.None));
        _world.Run(() => other.HasEnded);

        Assert.True(_process.IsKilled);
        Assert.Equal(3, steps);
    }

    private static void OnAnotherThread(Action action)
    {
        Thread thread = new(() => action());
        thread.Start();
        thread.Join();
    }

    private void Run(Func<Task> main)
    {
        _process.Start(main);
        _world.Run(() => _process.HasEnded);
    }
}

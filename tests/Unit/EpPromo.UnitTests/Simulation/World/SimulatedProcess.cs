namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// A process on some machine: every await in it resumes here, as a step of the world. A killed process never runs again, whatever it was
/// waiting for; the requests that it has sent are processed all the same.
/// </summary>
internal sealed class SimulatedProcess : SynchronizationContext
{
    private readonly SimulatedWorld _world;
    private bool _hasReturned;
    private int? _stepsLeft;

    /// <summary>A process that is not started yet.</summary>
    /// <param name="world">The world that it runs in.</param>
    /// <param name="name">The process's name in the history.</param>
    /// <param name="clockOffset">How far the clock of its machine is off.</param>
    public SimulatedProcess(SimulatedWorld world, string name, TimeSpan clockOffset)
    {
        _world = world;
        Name = name;
        Clock = new SimulatedClock(world, clockOffset);
    }

    public string Name { get; }

    public SimulatedClock Clock { get; }

    public SimulatedRandom Random => _world.Random;

    public bool IsKilled => KilledAt is not null;

    public TimeSpan? KilledAt { get; private set; }

    /// <summary>Whether it has returned or was killed.</summary>
    public bool HasEnded => IsKilled || _hasReturned;

    /// <summary>Called when it is killed.</summary>
    public Action? Killed { get; set; }

    /// <summary>Starts it. <see cref="SimulatedWorld.Run"/> throws the exceptions that it does not handle.</summary>
    public void Start(Func<Task> main) => Post(_ => RunMain(main), null);

    /// <summary>Kills it after <paramref name="steps"/> more steps, that is, between any two awaits.</summary>
    public void KillAfter(int steps) => _stepsLeft = steps;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsKilled)
        {
            _world.Add(this, d, state);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The simulation must not block.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs one step, unless the process was killed.</summary>
    public void Run(SendOrPostCallback step, object? state)
    {
        if (!IsKilled && _stepsLeft is { } left && (_stepsLeft = left - 1) < 0 && !HasEnded)
        {
            KilledAt = _world.Elapsed;
            _world.Record(Name, "is killed");
            SetSynchronizationContext(null);
            Killed?.Invoke();
        }

        if (!IsKilled)
        {
            SetSynchronizationContext(this);
            step(state);
        }
    }

    /// <summary>Async void on purpose: its exception is posted to this context, so the next step throws it.</summary>
    private async void RunMain(Func<Task> main)
    {
        await main();
        _hasReturned = true;
    }

    /// <summary>Checks that the caller is a step of this process: a continuation outside of it would survive a kill.</summary>
    public void ThrowUnlessCurrent()
    {
        _world.CountStep();
        if (Current != this)
        {
            throw new SimulationException($"A step of {Name} runs outside of it: an await does not resume where it began.");
        }
    }
}

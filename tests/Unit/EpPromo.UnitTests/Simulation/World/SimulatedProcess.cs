namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// A process on some machine: every await in it resumes here, as a step of the world. Killed, it never runs again, whatever it
/// was waiting for; what it has sent is on its way all the same.
/// </summary>
internal sealed class SimulatedProcess : SynchronizationContext
{
    private readonly SimulatedWorld _world;
    private bool _hasReturned;
    private int? _stepsLeft;

    /// <summary>A process that has not begun yet.</summary>
    /// <param name="world">Where it runs.</param>
    /// <param name="name">Its name in the history.</param>
    /// <param name="clockOffset">How far its machine's clock is off.</param>
    public SimulatedProcess(SimulatedWorld world, string name, TimeSpan clockOffset)
    {
        _world = world;
        Name = name;
        Clock = new SimulatedClock(world, clockOffset);
    }

    public string Name { get; }

    public SimulatedClock Clock { get; }

    public bool IsKilled => KilledAt is not null;

    public TimeSpan? KilledAt { get; private set; }

    /// <summary>Whether nothing of it will run again.</summary>
    public bool HasEnded => IsKilled || _hasReturned;

    /// <summary>Called when it is killed.</summary>
    public Action? Killed { get; set; }

    /// <summary>Begins it. An error that it does not deal with itself comes out of <see cref="SimulatedWorld.Run"/>.</summary>
    public void Start(Func<Task> main) => Post(_ => RunMain(main), null);

    /// <summary>Kills it before its step after the next <paramref name="steps"/>: between any two awaits, that is.</summary>
    public void KillAfter(int steps) => _stepsLeft = steps;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsKilled)
        {
            _world.Add(this, d, state);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing in the simulation may block.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs one step, unless the process is dead by then.</summary>
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

    /// <summary>Async void on purpose: what it throws is posted here, so it is thrown by the step that then runs.</summary>
    private async void RunMain(Func<Task> main)
    {
        await main();
        _hasReturned = true;
    }

    /// <summary>Makes sure that the caller is a step of this process: a continuation that got away would survive a kill.</summary>
    public void Check()
    {
        _world.Touch();
        if (Current != this)
        {
            throw new SimulationException($"A step of {Name} runs outside of it: an await does not resume where it began.");
        }
    }
}

using System.Globalization;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One thread, one virtual clock, one seed. All that happens is a step of a <see cref="SimulatedProcess"/> or a timer; when nothing
/// can be run, time jumps to the next timer. So days pass in milliseconds, and a seed has one history.
/// </summary>
internal sealed class SimulatedWorld
{
    /// <summary>Far more than most scenarios need: a world that takes more goes in circles.</summary>
    private const int DefaultMaxSteps = 5_000_000;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Step> _runnable = [];
    private readonly PriorityQueue<SimulatedTimer, (TimeSpan Due, long Order)> _timers = new();
    private readonly TimeSpan _longest;
    private readonly int _maxSteps;
    private volatile string? _strayed;
    private long _timerOrder;
    private int _steps;

    /// <summary>A world of its own.</summary>
    /// <param name="random">Where all its chances come from.</param>
    /// <param name="longest">The virtual time after which work that is not finished counts as endless.</param>
    /// <param name="maxSteps">How many steps it may take.</param>
    public SimulatedWorld(SimulatedRandom random, TimeSpan longest, int maxSteps = DefaultMaxSteps)
    {
        Random = random;
        _longest = longest;
        _maxSteps = maxSteps;
    }

    public SimulatedRandom Random { get; }

    /// <summary>The virtual time gone by.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The true time, which no machine in the world quite knows.</summary>
    public DateTimeOffset Now => Start + Elapsed;

    /// <summary>What has happened, a line an event.</summary>
    public List<string> History { get; } = [];

    private static DateTimeOffset Start { get; } = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    /// <summary>Whether what happens is written down; a large world would drown in it.</summary>
    public bool KeepsHistory { get; init; } = true;

    public void Record(string actor, string text)
    {
        if (KeepsHistory)
        {
            History.Add(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,10:0.000} {actor,-9} {text}"));
        }
    }

    /// <summary>Has <paramref name="action"/> done when <paramref name="delay"/> is over.</summary>
    public SimulatedTimer After(TimeSpan delay, Action action)
    {
        Touch();
        SimulatedTimer timer = new(Elapsed + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero), action);
        _timers.Enqueue(timer, (timer.Due, _timerOrder++));
        return timer;
    }

    /// <summary>Runs until <paramref name="finished"/> says so.</summary>
    /// <exception cref="SimulationException">Nothing can ever happen again, it takes too long, or a step left the thread.</exception>
    public void Run(Func<bool> finished)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        try
        {
            while (!finished())
            {
                RunNext();
                ThrowIfStrayed();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Counts a use of the world and makes sure that it comes from the simulation's own thread.</summary>
    public void Touch()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _strayed = Environment.StackTrace;
            ThrowIfStrayed();
        }

        if (++_steps > _maxSteps)
        {
            throw new SimulationException($"Endless: {_maxSteps} steps and not finished.");
        }
    }

    /// <summary>Makes a step of a process ready to run.</summary>
    public void Add(SimulatedProcess process, SendOrPostCallback callback, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            // To throw here would end the test run: this is called from the depths of an await. The loop finds the note.
            _strayed = Environment.StackTrace;
            return;
        }

        _runnable.Add(new Step(process, callback, state));
    }

    private void RunNext()
    {
        Touch();
        if (_runnable.Count > 0)
        {
            // A thread pool promises no order, so any order may come.
            int index = Random.Next(_runnable.Count);
            Step step = _runnable[index];
            _runnable[index] = _runnable[^1];
            _runnable.RemoveAt(_runnable.Count - 1);
            step.Process.Run(step.Callback, step.State);
            return;
        }

        SimulatedTimer timer = NextTimer();
        Elapsed = timer.Due;
        if (Elapsed > _longest)
        {
            throw new SimulationException($"Endless: {Elapsed} of virtual time and not finished.");
        }

        SynchronizationContext.SetSynchronizationContext(null);
        timer.Fire();
    }

    private SimulatedTimer NextTimer()
    {
        while (_timers.TryDequeue(out SimulatedTimer? timer, out _))
        {
            if (!timer.IsCancelled)
            {
                return timer;
            }
        }

        throw new SimulationException("Deadlock: nothing can be run, no timer is set, and the work is not finished.");
    }

    private void ThrowIfStrayed()
    {
        if (_strayed is { } where)
        {
            throw new SimulationException("A step ran outside the simulation's thread:\n" + where);
        }
    }

    private readonly record struct Step(SimulatedProcess Process, SendOrPostCallback Callback, object? State);
}

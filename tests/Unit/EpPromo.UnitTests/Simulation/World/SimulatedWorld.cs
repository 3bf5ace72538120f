using System.Globalization;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One thread, one virtual clock, one seed. Everything that happens is a step of a <see cref="SimulatedProcess"/> or a timer; when no step
/// can run, time jumps to the next timer. So days pass in milliseconds, and a seed has one history.
/// </summary>
internal sealed class SimulatedWorld
{
    /// <summary>Far more steps than most scenarios need: a world that takes more loops without end.</summary>
    private const int DefaultMaxSteps = 5_000_000;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Step> _runnable = [];
    private readonly PriorityQueue<SimulatedTimer, (TimeSpan Due, long Order)> _timers = new();
    private readonly TimeSpan _maxTime;
    private readonly int _maxSteps;
    private volatile string? _strayStackTrace;
    private long _timerOrder;
    private int _steps;

    /// <summary>A new world.</summary>
    /// <param name="random">Draws everything that is random in it.</param>
    /// <param name="maxTime">The virtual time after which unfinished work counts as endless.</param>
    /// <param name="maxSteps">The number of steps after which unfinished work counts as endless.</param>
    public SimulatedWorld(SimulatedRandom random, TimeSpan maxTime, int maxSteps = DefaultMaxSteps)
    {
        Random = random;
        _maxTime = maxTime;
        _maxSteps = maxSteps;
    }

    public SimulatedRandom Random { get; }

    /// <summary>The virtual time that has passed.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The true time; the clocks of machines may be off.</summary>
    public DateTimeOffset Now => Start + Elapsed;

    /// <summary>What has happened, one event a line.</summary>
    public List<string> History { get; } = [];

    private static DateTimeOffset Start { get; } = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    /// <summary>Whether events are recorded; the history of a large world would not fit in memory.</summary>
    public bool KeepsHistory { get; init; } = true;

    public void Record(string actor, string text)
    {
        if (KeepsHistory)
        {
            History.Add(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,10:0.000} {actor,-9} {text}"));
        }
    }

    /// <summary>Runs <paramref name="action"/> after <paramref name="delay"/>.</summary>
    public SimulatedTimer After(TimeSpan delay, Action action)
    {
        CountStep();
        SimulatedTimer timer = new(Elapsed + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero), action);
        _timers.Enqueue(timer, (timer.Due, _timerOrder++));
        return timer;
    }

    /// <summary>Runs until <paramref name="finished"/> returns true.</summary>
    /// <exception cref="SimulationException">A deadlock, endless work, or a step on another thread.</exception>
    public void Run(Func<bool> finished)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        try
        {
            while (!finished())
            {
                RunNext();
                ThrowIfStray();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Counts a step, and checks that it runs on the simulation's own thread.</summary>
    public void CountStep()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _strayStackTrace = Environment.StackTrace;
            ThrowIfStray();
        }

        if (++_steps > _maxSteps)
        {
            throw new SimulationException($"Endless: {_maxSteps} steps and not finished.");
        }
    }

    /// <summary>Queues a step of a process.</summary>
    public void Add(SimulatedProcess process, SendOrPostCallback callback, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            // Thrown from inside an await, an exception here would end the test run; so the loop throws it.
            _strayStackTrace = Environment.StackTrace;
            return;
        }

        _runnable.Add(new Step(process, callback, state));
    }

    private void RunNext()
    {
        CountStep();
        if (_runnable.Count > 0)
        {
            // A thread pool guarantees no order, so every order must work.
            int index = Random.Next(_runnable.Count);
            Step step = _runnable[index];
            _runnable[index] = _runnable[^1];
            _runnable.RemoveAt(_runnable.Count - 1);
            step.Process.Run(step.Callback, step.State);
            return;
        }

        SimulatedTimer timer = NextTimer();
        Elapsed = timer.Due;
        if (Elapsed > _maxTime)
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

        throw new SimulationException("Deadlock: no step can run, no timer is set, and the work is not finished.");
    }

    private void ThrowIfStray()
    {
        if (_strayStackTrace is { } where)
        {
            throw new SimulationException("A step ran outside the simulation's thread:\n" + where);
        }
    }

    private readonly record struct Step(SimulatedProcess Process, SendOrPostCallback Callback, object? State);
}

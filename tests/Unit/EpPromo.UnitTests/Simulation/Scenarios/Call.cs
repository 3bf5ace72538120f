namespace EpPromo.UnitTests.Simulation;

/// <summary>A call of the domain by a client, and its outcome.</summary>
internal abstract class Call
{
    protected Call(int number, SimulatedProcess process, TimeSpan startedAt)
    {
        Number = number;
        Process = process;
        StartedAt = startedAt;
    }

    /// <summary>Counts up from 1 over all clients of a scenario.</summary>
    public int Number { get; }

    /// <summary>The calling process.</summary>
    public SimulatedProcess Process { get; }

    public TimeSpan StartedAt { get; }

    /// <summary>When it returned or threw; null when its process was killed before.</summary>
    public TimeSpan? EndedAt { get; set; }

    /// <summary>What it returned, or null.</summary>
    public PromotionJob? Result { get; set; }

    /// <summary>What it threw, or null.</summary>
    public Exception? Error { get; set; }

    /// <summary>Whether the user cancelled it.</summary>
    public bool WasCancelled { get; set; }

    public override string ToString() => $"call {Number} ({Process.Name}, {What})";

    protected abstract string What { get; }
}

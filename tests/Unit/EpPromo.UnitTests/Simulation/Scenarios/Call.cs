namespace EpPromo.UnitTests.Simulation;

/// <summary>Something that a client asked of the domain, and what came of it.</summary>
internal abstract class Call
{
    protected Call(int number, SimulatedProcess process, TimeSpan began)
    {
        Number = number;
        Process = process;
        StartedAt = began;
    }

    /// <summary>1 and up, over all clients of a scenario.</summary>
    public int Number { get; }

    /// <summary>Who called.</summary>
    public SimulatedProcess Process { get; }

    public TimeSpan StartedAt { get; }

    /// <summary>When it returned or threw; null when its process was killed first.</summary>
    public TimeSpan? EndedAt { get; set; }

    /// <summary>What it returned, or null.</summary>
    public PromotionJob? Result { get; set; }

    /// <summary>What it threw, or null.</summary>
    public Exception? Error { get; set; }

    /// <summary>Whether the user stopped it.</summary>
    public bool WasCancelled { get; set; }

    public override string ToString() => $"call {Number} ({Process.Name}, {What})";

    protected abstract string What { get; }
}

namespace EpPromo.UnitTests.Simulation;

/// <summary>A promotion in the simulated store.</summary>
internal sealed class SimulatedPromotion
{
    public SimulatedPromotion(string id, TimeSpan visibleAt, SimulatedCodes codes)
    {
        Id = id;
        VisibleAt = visibleAt;
        Codes = codes;
    }

    public string Id { get; }

    /// <summary>Until then, reads of the promotion may fail with 404.</summary>
    public TimeSpan VisibleAt { get; }

    /// <summary>Its jobs, the oldest first.</summary>
    public List<SimulatedJob> Jobs { get; } = [];

    public SimulatedCodes Codes { get; }

    /// <summary>How many generated codes it has; codes that were added singly do not count.</summary>
    public int CodeCount { get; set; }
}

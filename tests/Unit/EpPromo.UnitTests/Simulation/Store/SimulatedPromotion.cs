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

    /// <summary>Until then reads may say that there is no such promotion.</summary>
    public TimeSpan VisibleAt { get; }

    /// <summary>Its jobs, the oldest first.</summary>
    public List<SimulatedJob> Jobs { get; } = [];

    public SimulatedCodes Codes { get; }

    /// <summary>How many codes it has now, single ones left out.</summary>
    public int CodeCount { get; set; }
}

namespace EpPromo.UnitTests.Simulation;

/// <summary>A promotion in the simulated store.</summary>
internal sealed class SimulatedPromotion
{
    public SimulatedPromotion(string id, TimeSpan visibleAt)
    {
        Id = id;
        VisibleAt = visibleAt;
    }

    public string Id { get; }

    /// <summary>Until then reads may say that there is no such promotion.</summary>
    public TimeSpan VisibleAt { get; }

    /// <summary>Its jobs, the oldest first.</summary>
    public List<SimulatedJob> Jobs { get; } = [];

    public int Codes { get; set; }
}

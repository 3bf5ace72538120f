namespace EpPromo.UnitTests.Simulation;

/// <summary>A code as the store itself knows it, and when the lists show it.</summary>
internal sealed class SimulatedCode
{
    public SimulatedCode(PromotionCode code, string? jobId, TimeSpan visibleAt)
    {
        Code = code;
        JobId = jobId;
        VisibleAt = visibleAt;
    }

    public PromotionCode Code { get; }

    public string Text => Code.Code;

    /// <summary>The job that made it, or null when somebody added it singly.</summary>
    public string? JobId { get; }

    public TimeSpan VisibleAt { get; }

    public bool Exists { get; private set; } = true;

    /// <summary>When the lists show no longer that it was there.</summary>
    public TimeSpan GoneAt { get; private set; } = TimeSpan.MaxValue;

    public bool IsSeenAt(TimeSpan instant) => VisibleAt <= instant && instant < GoneAt;

    public void Delete(TimeSpan goneAt)
    {
        Exists = false;
        GoneAt = goneAt;
    }
}

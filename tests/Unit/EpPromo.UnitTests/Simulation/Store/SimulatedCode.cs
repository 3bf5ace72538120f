namespace EpPromo.UnitTests.Simulation;

/// <summary>A code as the store itself knows it, and when lists show it.</summary>
internal sealed class SimulatedCode
{
    public SimulatedCode(PromotionCode code, string? jobId, TimeSpan visibleAt, int callNumber = 0)
    {
        CallNumber = callNumber;
        Code = code;
        JobId = jobId;
        VisibleAt = visibleAt;
    }

    public PromotionCode Code { get; }

    public string Text => Code.Code;

    /// <summary>The job that generated it, or null when it was added singly.</summary>
    public string? JobId { get; }

    /// <summary>The call that added it; 0 for a code that no call added.</summary>
    public int CallNumber { get; }

    /// <summary>When lists begin to show it.</summary>
    public TimeSpan VisibleAt { get; }

    public bool Exists { get; private set; } = true;

    /// <summary>When lists stop showing it.</summary>
    public TimeSpan HiddenAt { get; private set; } = TimeSpan.MaxValue;

    public bool IsVisibleAt(TimeSpan time) => VisibleAt <= time && time < HiddenAt;

    public void Delete(TimeSpan hiddenAt)
    {
        Exists = false;
        HiddenAt = hiddenAt;
    }
}

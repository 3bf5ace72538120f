namespace EpPromo.Sandbox.State;

/// <summary>A promotion with all that hangs on it. The store's lock guards it.</summary>
internal sealed class PromotionState(SandboxPromotion resource, int codesLimit)
{
    /// <summary>What is published of it; replaced as a whole on every change.</summary>
    public SandboxPromotion Resource { get; set; } = resource;

    public string Id => Resource.Id;

    public int CodesLimit { get; } = codesLimit;

    /// <summary>In the order of creation.</summary>
    public List<JobState> Jobs { get; } = [];

    /// <summary>The jobs that have not ended: one, or a few when cancelling jobs do not block.</summary>
    public List<JobState> Unfinished { get; } = [];

    public CodeBook Codes { get; } = new();

    public List<SandboxUsage> Usages { get; } = [];

    public int TimesUsed(SandboxCode code) => Usages.Where(usage => usage.CodeId == code.Id).Sum(usage => usage.TimesUsed ?? 0);
}

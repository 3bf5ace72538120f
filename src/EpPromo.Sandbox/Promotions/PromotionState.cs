using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Promotions;

/// <summary>A promotion with its jobs, codes and usages. Guarded by the lock of <see cref="StoreState"/>.</summary>
internal sealed class PromotionState(SandboxPromotion resource, int codesLimit)
{
    private readonly Dictionary<Guid, int> _timesUsed = [];

    /// <summary>The promotion as the API shows it; replaced as a whole on every change.</summary>
    public SandboxPromotion Resource { get; set; } = resource;

    public string Id => Resource.Id;

    public PromotionVariant Variant => PromotionVariant.Of(Resource.IsStandard);

    public int CodesLimit { get; } = codesLimit;

    /// <summary>In the order of creation.</summary>
    public List<JobState> Jobs { get; } = [];

    /// <summary>The jobs that have not finished: at most one, unless cancelling jobs do not block new ones.</summary>
    public List<JobState> UnfinishedJobs { get; } = [];

    public CodeIndex Codes { get; } = new();

    /// <summary>In the order in which they were added, with <see cref="AddUsage"/>.</summary>
    public List<SandboxUsage> Usages { get; } = [];

    /// <summary>How many codes were ever used, including codes that are deleted by now.</summary>
    public int UsedCodes => _timesUsed.Count;

    /// <summary>How often its codes were used.</summary>
    public long TotalUses { get; private set; }

    public void AddUsage(SandboxUsage usage)
    {
        Usages.Add(usage);
        if (usage is { CodeId: { } codeId, TimesUsed: { } times })
        {
            _timesUsed[codeId] = _timesUsed.GetValueOrDefault(codeId) + times;
            TotalUses += times;
        }
    }

    public int TimesUsed(SandboxCode code) => _timesUsed.GetValueOrDefault(code.Id);
}

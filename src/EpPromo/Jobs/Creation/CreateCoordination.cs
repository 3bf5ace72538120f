using EpPromo.Concurrency;

namespace EpPromo.Jobs.Creation;

/// <summary>What all creates on one store share, so that they do not interfere with each other.</summary>
internal sealed class CreateCoordination
{
    private const int MaxInFlight = 16;

    /// <summary>
    /// Allows one create at a time on a promotion: two concurrent writes may overwrite each other (api-contract.md section 3), and of two
    /// creates of the same name whose responses were lost, nobody could tell which job belongs to which.
    /// </summary>
    public KeyedLock PromotionLock { get; } = new();

    /// <summary>Limits the creates that are sent at the same time on all promotions, so that other requests are sent in between.</summary>
    public ConcurrencyLimit InFlight { get; } = new(MaxInFlight);

    /// <summary>The jobs that creates have returned.</summary>
    public ClaimedIds ClaimedJobs { get; } = new();
}

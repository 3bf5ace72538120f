namespace EpPromo.Jobs.Waiting;

/// <summary>The watched jobs of one promotion: one list request serves them all.</summary>
internal sealed class WatchedPromotion
{
    public WatchedPromotion(string promotionId) => PromotionId = promotionId;

    public string PromotionId { get; }

    /// <summary>The jobs not finished yet; one that two callers wait for is here twice, for each can stop waiting by itself.</summary>
    public HashSet<WatchedJob> Jobs { get; } = [];

    /// <summary>When the first of them is to be looked at.</summary>
    public DateTimeOffset NextDue => Jobs.Min(job => job.Due);

    /// <summary>Whether its list is being read; until that is done it is not put into the queue.</summary>
    public bool IsBeingRead { get; set; }

    /// <summary>Its place in the <see cref="PollQueue"/>, or null while it stands in none.</summary>
    public (DateTimeOffset Due, long Order)? Place { get; set; }

    /// <summary>The offset of the page on which the jobs were found, so that a long list is not read from its start each time.</summary>
    public int PageOffset { get; set; }
}

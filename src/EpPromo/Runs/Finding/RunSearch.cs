namespace EpPromo.Runs.Finding;

/// <summary>What a search for runs has found.</summary>
/// <param name="Parts">The runs, each on one promotion.</param>
/// <param name="Unread">The ids of the promotions whose jobs could not be listed, and why: the runs can have jobs there, too.</param>
internal sealed record RunSearch(IReadOnlyList<CodeRun> Parts, List<(string PromotionId, EpPromoException Error)> Unread);

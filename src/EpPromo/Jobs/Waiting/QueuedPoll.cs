namespace EpPromo.Jobs.Waiting;

/// <summary>A promotion in the <see cref="PollQueue"/>.</summary>
/// <param name="Promotion">The promotion.</param>
/// <param name="Due">When to poll it.</param>
/// <param name="Rank">Its rank among those that are due.</param>
/// <param name="Order">A number that rises with each addition, so that of equals the first comes first.</param>
internal sealed record QueuedPoll(WatchedPromotion Promotion, DateTimeOffset Due, DateTimeOffset Rank, long Order);

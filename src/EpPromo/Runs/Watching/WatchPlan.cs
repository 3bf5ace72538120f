namespace EpPromo.Runs.Watching;

/// <summary>Which lists a watch reads next, so that it leaves most of the store's request limit to those who work.</summary>
internal static class WatchPlan
{
    /// <summary>How much of the request limit a watch uses at most.</summary>
    public const double Share = 0.2;

    /// <summary>How much of that is for the promotions with open runs and jobs. The others are read with the rest, since a run may reach them.</summary>
    private const double OpenShare = 0.75;

    /// <summary>How many requests a watch may use in a time.</summary>
    /// <param name="requestsPerSecond">The request limit.</param>
    /// <param name="time">The time.</param>
    /// <returns>At least 2: one for the open promotions, and one for the others.</returns>
    public static int Budget(double requestsPerSecond, TimeSpan time) =>
        (int)Math.Min(int.MaxValue, Math.Max(2, requestsPerSecond * Share * time.TotalSeconds));

    /// <summary>The lists to read: of the open promotions and of the others those that were read longest ago.</summary>
    /// <param name="lists">All lists.</param>
    /// <param name="isOpen">Whether a run or a job of this promotion is open.</param>
    /// <param name="requests">How many requests the lists may take together. A list that takes more than that is read alone.</param>
    public static IReadOnlyList<WatchedJobList> Next(IReadOnlyCollection<WatchedJobList> lists, Func<WatchedJobList, bool> isOpen, int requests)
    {
        ILookup<bool, WatchedJobList> byState = lists.OrderBy(list => list.ReadAt ?? DateTimeOffset.MinValue).ToLookup(isOpen);
        List<WatchedJobList> next = [];
        int left = requests;
        Take(byState[true], (int)Math.Ceiling(requests * OpenShare));
        Take(byState[false], left);
        return next;

        void Take(IEnumerable<WatchedJobList> candidates, int limit)
        {
            foreach (WatchedJobList list in candidates)
            {
                if (limit <= 0)
                {
                    return;
                }

                // The last one may exceed the limit: otherwise a long list would never be read.
                next.Add(list);
                limit -= list.Requests;
                left -= list.Requests;
            }
        }
    }
}

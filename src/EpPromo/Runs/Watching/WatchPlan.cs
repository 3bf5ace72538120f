namespace EpPromo.Runs.Watching;

/// <summary>
/// Which lists a watch reads, and how often. It leaves most of the store's request limit to the commands that generate codes.
/// </summary>
internal static class WatchPlan
{
    /// <summary>How much of the request limit a watch uses.</summary>
    public const double Share = 0.2;

    /// <summary>How much of that is for the promotions with open runs and jobs. The others get the rest, since a run may reach them.</summary>
    private const double OpenShare = 0.75;

    /// <summary>The shortest time between two reads.</summary>
    internal static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(2);

    /// <summary>How many requests the next lists may take.</summary>
    /// <param name="requestsPerSecond">The request limit.</param>
    public static int Budget(double requestsPerSecond) =>
        (int)Math.Min(int.MaxValue, Math.Max(1, requestsPerSecond * Share * MinInterval.TotalSeconds));

    /// <summary>How long to wait after some requests, so that they are no more than the share.</summary>
    /// <param name="requests">How many they were.</param>
    /// <param name="requestsPerSecond">The request limit.</param>
    public static TimeSpan Interval(int requests, double requestsPerSecond) =>
        TimeSpan.FromSeconds(Math.Max(MinInterval.TotalSeconds, requests / (requestsPerSecond * Share)));

    /// <summary>The lists to read: of the open promotions, and of the others, those that were read longest ago.</summary>
    /// <param name="open">The lists of the promotions with open runs or jobs.</param>
    /// <param name="others">The other lists.</param>
    /// <param name="budget">How many requests they may take. Only the last one may exceed it: otherwise a long list would never be read.</param>
    public static IReadOnlyList<WatchedJobList> Next(IEnumerable<WatchedJobList> open, IEnumerable<WatchedJobList> others, int budget)
    {
        IReadOnlyList<WatchedJobList> first = Oldest(open, (int)Math.Ceiling(budget * OpenShare));
        return [.. first, .. Oldest(others, budget - first.Sum(list => list.Requests))];
    }

    private static List<WatchedJobList> Oldest(IEnumerable<WatchedJobList> lists, int budget)
    {
        List<WatchedJobList> oldest = [];
        foreach (WatchedJobList list in lists.OrderBy(list => list.TriedAt ?? DateTimeOffset.MinValue))
        {
            if (budget <= 0)
            {
                break;
            }

            oldest.Add(list);
            budget -= list.Requests;
        }

        return oldest;
    }
}

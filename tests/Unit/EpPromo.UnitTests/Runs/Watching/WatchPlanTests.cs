using EpPromo.Runs.Watching;

namespace EpPromo.UnitTests.Runs.Watching;

/// <summary>Which lists a watch reads next.</summary>
public class WatchPlanTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(25, 10)]
    [InlineData(100, 40)]
    [InlineData(1, 1)]
    [InlineData(double.MaxValue, int.MaxValue)]
    public void The_next_lists_may_take_a_fifth_of_the_requests_of_two_seconds(double requestsPerSecond, int expected) =>
        Assert.Equal(expected, WatchPlan.Budget(requestsPerSecond));

    [Theory]
    [InlineData(10, 25, 2)]
    [InlineData(1, 25, 2)]
    [InlineData(90, 25, 18)]
    [InlineData(1, 1, 5)]
    [InlineData(1, 0.5, 10)]
    public void More_requests_than_that_are_followed_by_a_longer_wait(int requests, double requestsPerSecond, double seconds) =>
        Assert.Equal(seconds, WatchPlan.Interval(requests, requestsPerSecond).TotalSeconds, 6);

    [Fact]
    public void Open_promotions_come_first_and_leave_some_for_the_others()
    {
        WatchedJobList[] lists = [.. Enumerable.Range(0, 40).Select(number => ListOf($"p{number}", readAgo: number))];

        IReadOnlyList<WatchedJobList> next = WatchPlan.Next(lists[..20], lists[20..], 10);

        // Eight open ones and two others, each of those that were read longest ago.
        Assert.Equal(["p19", "p18", "p17", "p16", "p15", "p14", "p13", "p12", "p39", "p38"], next.Select(list => list.PromotionId));
    }

    [Fact]
    public void Few_open_promotions_leave_the_rest_to_the_others()
    {
        WatchedJobList[] lists = [.. Enumerable.Range(0, 40).Select(number => ListOf($"p{number}", readAgo: number))];

        IReadOnlyList<WatchedJobList> next = WatchPlan.Next(lists[..1], lists[1..], 10);

        Assert.Equal(10, next.Count);
        Assert.Equal("p0", next[0].PromotionId);
    }

    /// <summary>Otherwise a promotion with very many jobs would be shown as it was at the start.</summary>
    [Fact]
    public void A_list_that_takes_more_requests_than_there_are_is_read_too()
    {
        WatchedJobList[] lists = [ListOf("long", readAgo: 9, requests: 30), ListOf("short", readAgo: 3)];

        Assert.Equal(["long"], WatchPlan.Next(lists, [], 10).Select(list => list.PromotionId));
    }

    [Fact]
    public void A_list_that_was_never_read_comes_before_all_others() => Assert.Equal(
        ["new", "read"],
        WatchPlan.Next([], [ListOf("read", readAgo: 3600), new WatchedJobList("new", null)], 10).Select(list => list.PromotionId));

    private static WatchedJobList ListOf(string promotionId, int readAgo, int requests = 1)
    {
        WatchedJobList list = new(promotionId, null);
        list.Update([], requests, s_now.AddSeconds(-readAgo));
        return list;
    }
}

using EpPromo.PowerShell.Completion;

namespace EpPromo.UnitTests.Completion;

/// <summary>What completion keeps, and when it forgets it.</summary>
public sealed class RecentResultsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly RecentResults<string> _results = new(TimeSpan.FromMinutes(1));

    [Fact]
    public void A_result_is_found_as_long_as_it_is_recent_enough()
    {
        _results.Keep("Summer", "found", s_start);

        Assert.Equal("found", _results.Find("summer", s_start));
        Assert.Null(_results.Find("summer", s_start.AddSeconds(1)));
        Assert.Null(_results.Find("winter", s_start));
    }

    /// <summary>A store can have a million jobs: after some completions, all of them would stay in memory.</summary>
    [Fact]
    public void What_is_too_old_is_forgotten()
    {
        _results.Keep("old", "a", s_start);
        _results.Keep("recent", "b", s_start.AddSeconds(30));

        _results.Keep("new", "c", s_start.AddSeconds(61));

        Assert.Null(_results.Find("old", DateTimeOffset.MinValue));
        Assert.Equal("b", _results.Find("recent", DateTimeOffset.MinValue));
    }
}

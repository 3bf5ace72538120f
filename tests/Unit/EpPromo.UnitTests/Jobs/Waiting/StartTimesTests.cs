using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class StartTimesTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly StartTimes _times = new();

    [Fact]
    public void Each_job_has_not_started_before_the_latest_time_of_those_created_earlier()
    {
        _times.Add(At(10), At(100));
        _times.Add(At(30), At(120));
        _times.Add(At(20), At(110));

        Assert.Equal([5, 5, 100, 110, 110, 120], Earliest(5, 10, 11, 21, 30, 31));
    }

    [Fact]
    public void An_entry_supersedes_those_that_say_less()
    {
        _times.Add(At(20), At(110));
        _times.Add(At(30), At(120));
        _times.Add(At(10), At(115));
        _times.Add(At(25), At(90));

        Assert.Equal([5, 115, 115, 120], Earliest(5, 11, 26, 31));
    }

    [Fact]
    public void What_is_known_of_the_job_itself_counts_if_it_is_later()
    {
        _times.Add(At(10), At(100));

        Assert.Equal(At(101), _times.Earliest(At(20), notStartedBefore: At(101)));
    }

    [Fact]
    public void Any_number_of_jobs_in_turn_is_remembered_for_the_last_ones()
    {
        for (int job = 0; job < 10_000; job++)
        {
            _times.Add(At(job), At(job + 5));
        }

        Assert.Equal([10_003, 10_004], Earliest(9_999, 10_000));
    }

    private static DateTimeOffset At(double second) => s_noon.AddSeconds(second);

    private double[] Earliest(params int[] created) => [.. created.Select(second => (_times.Earliest(At(second), At(5)) - s_noon).TotalSeconds)];
}

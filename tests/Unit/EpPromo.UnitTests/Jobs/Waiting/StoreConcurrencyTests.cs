using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

/// <summary>A store works on two jobs at once, for ten seconds each, and all jobs were created in the first seconds.</summary>
public class StoreConcurrencyTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly StoreConcurrency _concurrency = new();

    [Fact]
    public void A_job_starts_when_an_earlier_one_leaves_a_place()
    {
        EndJobs(10);

        Assert.Equal(At(50), _concurrency.EarliestStart(Created(10), openBefore: 0));
        Assert.Equal(At(54), _concurrency.EarliestStart(Created(11), openBefore: 1));
    }

    [Fact]
    public void A_job_that_has_to_wait_for_an_unknown_end_starts_after_the_known_ones()
    {
        EndJobs(10);

        Assert.Equal(At(54), _concurrency.EarliestStart(Created(15), openBefore: 5));
    }

    /// <summary>If a job took longer than those that were created after it, their ends do not show when it has started.</summary>
    [Fact]
    public void The_ends_of_jobs_that_were_created_later_do_not_count()
    {
        EndJobs(10);

        Assert.Equal(At(44), _concurrency.EarliestStart(Created(9), openBefore: 0));
    }

    [Fact]
    public void Nothing_is_inferred_from_a_few_jobs()
    {
        EndJobs(6);

        Assert.Null(_concurrency.EarliestStart(Created(6), openBefore: 0));
    }

    /// <summary>Then the store may work on more jobs at once than it had.</summary>
    [Fact]
    public void Nothing_is_inferred_from_jobs_that_did_not_wait()
    {
        for (int job = 0; job < 100; job++)
        {
            _concurrency.ObserveEnd(At(100 * job), startedAt: At(100 * job), endedAt: At((100 * job) + 10), openBefore: 0);
        }

        Assert.Null(_concurrency.EarliestStart(At(10_000), openBefore: 0));
    }

    [Fact]
    public void A_store_that_works_on_more_jobs_than_before_is_noticed()
    {
        EndJobs(10);
        _concurrency.ObserveEnd(Created(10), startedAt: At(50), endedAt: At(60), openBefore: 3);

        Assert.Equal(At(40), _concurrency.EarliestStart(Created(11), openBefore: 0));
    }

    /// <summary>Two jobs start at 0 and at 4 s, and each of the others at the end of one of them.</summary>
    private void EndJobs(int count)
    {
        for (int job = 0; job < count; job++)
        {
            DateTimeOffset startedAt = At((10 * (job / 2)) + (4 * (job % 2)));
            _concurrency.ObserveEnd(Created(job), startedAt, startedAt.AddSeconds(10), openBefore: 0);
        }
    }

    private static DateTimeOffset Created(int job) => At(0.1 * job);

    private static DateTimeOffset At(double second) => s_noon.AddSeconds(second);
}

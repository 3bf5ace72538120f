using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

/// <summary>A store works on two jobs at once, for ten seconds each, and all jobs were created in the first seconds.</summary>
public class WorkSlotsTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly WorkSlots _slots = new();

    [Fact]
    public void A_job_begins_when_an_earlier_one_leaves_a_place()
    {
        EndJobs(10);

        Assert.Equal(At(50), _slots.EarliestStart(Created(10), openBefore: 0));
        Assert.Equal(At(54), _slots.EarliestStart(Created(11), openBefore: 1));
    }

    [Fact]
    public void A_job_that_has_to_wait_for_an_unknown_end_begins_after_the_known_ones()
    {
        EndJobs(10);

        Assert.Equal(At(54), _slots.EarliestStart(Created(15), openBefore: 5));
    }

    /// <summary>If a job took longer than those that were created after it, their ends do not tell when it has begun.</summary>
    [Fact]
    public void The_ends_of_jobs_that_were_created_later_do_not_count()
    {
        EndJobs(10);

        Assert.Equal(At(44), _slots.EarliestStart(Created(9), openBefore: 0));
    }

    [Fact]
    public void Nothing_is_inferred_from_a_few_jobs()
    {
        EndJobs(6);

        Assert.Null(_slots.EarliestStart(Created(6), openBefore: 0));
    }

    /// <summary>Then the store may work on more jobs at once than it had.</summary>
    [Fact]
    public void Nothing_is_inferred_from_jobs_that_did_not_wait()
    {
        for (int job = 0; job < 100; job++)
        {
            _slots.ObserveEnd(At(100 * job), begunAt: At(100 * job), endedAt: At((100 * job) + 10), openBefore: 0);
        }

        Assert.Null(_slots.EarliestStart(At(10_000), openBefore: 0));
    }

    [Fact]
    public void A_store_that_works_on_more_jobs_than_before_is_noticed()
    {
        EndJobs(10);
        _slots.ObserveEnd(Created(10), begunAt: At(50), endedAt: At(60), openBefore: 3);

        Assert.Equal(At(40), _slots.EarliestStart(Created(11), openBefore: 0));
    }

    /// <summary>Two jobs begin at 0 and at 4 s, and each of the others at the end of one of them.</summary>
    private void EndJobs(int count)
    {
        for (int job = 0; job < count; job++)
        {
            DateTimeOffset begunAt = At((10 * (job / 2)) + (4 * (job % 2)));
            _slots.ObserveEnd(Created(job), begunAt, begunAt.AddSeconds(10), openBefore: 0);
        }
    }

    private static DateTimeOffset Created(int job) => At(0.1 * job);

    private static DateTimeOffset At(double second) => s_noon.AddSeconds(second);
}

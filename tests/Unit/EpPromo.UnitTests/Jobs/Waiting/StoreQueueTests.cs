using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class StoreQueueTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly StoreQueue _queue = new();

    [Fact]
    public void A_job_can_have_started_when_it_was_created() => Assert.Equal(At(3), _queue.EarliestStart(Job(3)));

    [Fact]
    public void A_job_has_not_started_while_one_that_was_created_earlier_is_pending()
    {
        Show(Job(1), JobStatuses.Pending, asOf: 60);

        Assert.Equal(At(60), _queue.EarliestStart(Job(2)));
        Assert.Equal(At(0), _queue.EarliestStart(Job(0)));
    }

    [Fact]
    public void A_job_has_not_started_before_one_that_was_created_earlier()
    {
        WatchedJob first = Job(1);
        Show(first, JobStatuses.Processing, asOf: 60, updated: 50);

        Assert.Equal(At(50), _queue.EarliestStart(first));
        Assert.True(first.IsStartObserved);
        Assert.Equal(At(50), _queue.EarliestStart(Job(2)));
    }

    [Fact]
    public void The_end_of_a_job_shows_when_it_started()
    {
        _queue.ObserveEnd(At(1), startedAt: At(40), endedAt: At(50), openBefore: 0);

        Assert.Equal(At(40), _queue.EarliestStart(Job(2)));
    }

    /// <summary>The order is not documented: each job counts for itself in a store that does not keep to it.</summary>
    [Fact]
    public void A_store_that_starts_a_later_job_first_has_no_order()
    {
        WatchedJob first = Job(1);
        WatchedJob last = Job(3);
        Show(first, JobStatuses.Pending, asOf: 60);
        Show(last, JobStatuses.Processing, asOf: 61, updated: 20);

        Assert.Equal(At(60), _queue.EarliestStart(first));
        Assert.Equal(At(20), _queue.EarliestStart(last));
        Assert.Equal(At(2), _queue.EarliestStart(Job(2)));
    }

    [Fact]
    public void A_store_that_ends_a_later_job_while_an_earlier_one_is_pending_has_no_order()
    {
        Show(Job(1), JobStatuses.Pending, asOf: 60);
        _queue.ObserveEnd(At(3), startedAt: At(40), endedAt: At(50), openBefore: 0);

        Assert.Equal(At(2), _queue.EarliestStart(Job(2)));
    }

    /// <summary>Such a store may change the time of a job with each count.</summary>
    [Fact]
    public void The_time_of_a_job_whose_codes_are_counted_is_not_its_start()
    {
        WatchedJob job = Job(1);
        Show(job, JobStatuses.Pending, asOf: 30);
        Show(job, JobStatuses.Processing, asOf: 60, updated: 59, generated: 10);

        Assert.Equal(At(30), _queue.EarliestStart(job));
        Assert.False(job.IsStartObserved);
    }

    private static DateTimeOffset At(double second) => s_noon.AddSeconds(second);

    private static WatchedJob Job(int created) => new("job", Job(created, JobStatuses.Pending, created, null), null, At(created));

    private static PromotionJob Job(int created, string status, int updated, int? generated) => new()
    {
        JobId = "job", Status = status, CreatedAt = At(created), UpdatedAt = At(updated), Generated = generated,
    };

    private void Show(WatchedJob watched, string status, int asOf, int updated = 0, int? generated = null)
    {
        int created = (int)(watched.CreatedAt - s_noon).TotalSeconds;
        watched.Observe(Job(created, status, updated, generated), null, At(asOf));
        _queue.Observe(watched, At(asOf));
    }
}

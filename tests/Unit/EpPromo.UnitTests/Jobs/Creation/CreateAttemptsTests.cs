using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Jobs.Creation;

/// <summary>Whether a create may be sent again.</summary>
public class CreateAttemptsTests
{
    private static readonly DateTimeOffset s_startedAt = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly CreateAttempts _create;

    public CreateAttemptsTests()
    {
        NewJob job = new() { JobType = JobTypes.Generate, Name = "bf26", NumberOfCodes = 100 };
        _create = new CreateAttempts("promo-1", job, new JobMatch(job, isNameGenerated: false, () => s_startedAt), s_startedAt);
    }

    [Fact]
    public void Only_lost_responses_count_towards_the_maximum_of_sends()
    {
        for (int i = 0; i < 5; i++)
        {
            Fail(throttled: true);
            Fail(throttled: false);
        }

        Assert.True(_create.MaySendAgain(s_startedAt));
        Fail(throttled: false);
        Assert.False(_create.MaySendAgain(s_startedAt));
        Assert.Equal((11, 5), (_create.Sends, _create.ThrottledSends));
    }

    [Theory]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public void A_throttled_create_is_sent_again_within_two_minutes(int seconds, bool maySendAgain)
    {
        Fail(throttled: true);

        Assert.Equal(maySendAgain, _create.MaySendAgain(s_startedAt.AddSeconds(seconds)));
    }

    [Fact]
    public void Only_a_lost_response_may_have_created_the_job()
    {
        Fail(throttled: true);
        Assert.False(_create.MayHaveCreated);

        Fail(throttled: false);
        Fail(throttled: true);
        Assert.True(_create.MayHaveCreated);
    }

    [Theory]
    [InlineData(true, 120, false)]
    [InlineData(true, 121, true)]
    [InlineData(false, 121, false)]
    public void A_throttled_create_does_not_wait_longer_than_two_minutes(bool throttled, int retryAfter, bool isTooLong)
    {
        Fail(throttled, TimeSpan.FromSeconds(retryAfter));

        Assert.Equal(isTooLong, _create.IsThrottledTooLong);
    }

    [Fact]
    public void The_time_of_the_search_counts_towards_the_requested_delay()
    {
        Fail(throttled: false, TimeSpan.FromSeconds(100));

        Assert.Equal(TimeSpan.FromSeconds(40), _create.RemainingRetryAfter(s_startedAt.AddSeconds(60)));
    }

    private void Fail(bool throttled, TimeSpan? retryAfter = null)
    {
        _create.AddSend();
        _create.AddFailure(new UncertainResultException("POST", "failed", throttled, retryAfter), s_startedAt);
    }
}

using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Time;

namespace EpPromo.UnitTests.Jobs.Creation;

/// <summary>Creates whose responses are lost, delayed or throttled. SimulationTests cover many more.</summary>
public class JobCreatorTests
{
    private const string Promotion = "promo-1";

    private readonly FakeClock _clock = new();
    private readonly ScriptedStore _store;
    private readonly JobCreator _creator;

    public JobCreatorTests()
    {
        _store = new ScriptedStore(_clock);
        _creator = new JobCreator(
            _store, _clock, new SystemRandom(), new CreateCoordination(), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Two_concurrent_creates_of_the_same_name_each_get_their_own_job()
    {
        TaskCompletionSource slow = new();
        _store.Responses.Enqueue(async create =>
        {
            PromotionJob created = create();
            await slow.Task;
            return created;
        });
        _store.Responses.Enqueue(create =>
        {
            create();
            throw new UncertainResultException("POST", "the response was lost");
        });

        Task<PromotionJob> one = CreateAsync("nightly");
        Task<PromotionJob> two = CreateAsync("nightly");
        slow.SetResult();

        Assert.Equal(_store.Jobs.Select(job => job.JobId), [(await one).JobId, (await two).JobId]);
    }

    [Fact]
    public async Task A_second_create_of_the_same_name_finds_its_own_job()
    {
        PromotionJob first = await CreateAsync("nightly");
        _store.Responses.Enqueue(create =>
        {
            create();
            throw new UncertainResultException("POST", "the response was lost");
        });

        PromotionJob second = await CreateAsync("nightly");

        Assert.Equal(_store.Jobs.Select(job => job.JobId), [first.JobId, second.JobId]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_matches_the_earliest_after_the_start_is_returned(bool newestFirst)
    {
        _store.NewestFirst = newestFirst;
        _store.Responses.Enqueue(create =>
        {
            create();
            _clock.Advance(TimeSpan.FromSeconds(5));

            // Another client's, a little later.
            create();
            throw new UncertainResultException("POST", "the response was lost");
        });

        PromotionJob created = await CreateAsync("nightly");

        Assert.Equal(_store.Jobs[0].JobId, created.JobId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public async Task A_create_that_is_throttled_is_retried_for_two_minutes(int? retryAfter)
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        for (int i = 0; i < 10_000; i++)
        {
            _store.Responses.Enqueue(_ => throw new UncertainResultException(
                "POST", "429", throttled: true, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
        }

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync(null));

        Assert.Equal(nameof(SR.JobNotCreated), failed.ErrorId);
        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.InRange(_store.Sends, 10, 1000);
    }

    [Fact]
    public async Task A_requested_delay_that_is_too_long_is_an_error_at_once()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "429", throttled: true, TimeSpan.FromHours(1)));

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync(null));

        Assert.Equal((nameof(SR.RateLimited), ErrorKind.Busy), (failed.ErrorId, failed.Kind));
        Assert.Equal((1, startedAt), (_store.Sends, _clock.UtcNow));
    }

    [Fact]
    public async Task A_lost_create_is_not_sent_again_before_the_requested_delay_is_over()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromSeconds(100)));

        await CreateAsync(null);

        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(101));
    }

    [Fact]
    public async Task Creates_on_one_promotion_are_sent_one_after_another_and_those_on_others_meanwhile()
    {
        TaskCompletionSource slow = new();
        _store.Responses.Enqueue(async create =>
        {
            await slow.Task;
            return create();
        });

        Task<PromotionJob> one = CreateAsync(null);
        Task<PromotionJob> two = CreateAsync(null);
        PromotionJob other = await _creator.CreateAsync("promo-2", NewJob.Export(), TestContext.Current.CancellationToken);

        Assert.Equal(2, _store.Sends);
        Assert.Equal("promo-2", other.PromotionId);
        slow.SetResult();
        Assert.NotEqual((await one).JobId, (await two).JobId);
    }

    [Fact]
    public async Task A_cancelled_create_releases_the_promotion()
    {
        TaskCompletionSource slow = new();
        _store.Responses.Enqueue(async create =>
        {
            await slow.Task;
            return create();
        });
        using CancellationTokenSource stop = new();

        Task<PromotionJob> one = CreateAsync(null);
        Task<PromotionJob> stopped = _creator.CreateAsync(Promotion, NewJob.Export(), stop.Token);
        Task<PromotionJob> three = CreateAsync(null);
        await stop.CancelAsync();
        slow.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.Equal(_store.Jobs.Select(job => job.JobId), [(await one).JobId, (await three).JobId]);
    }

    [Fact]
    public async Task An_active_job_of_unknown_status_does_not_block_for_ever()
    {
        _store.Jobs.Add(new PromotionJob { JobId = "old", PromotionId = Promotion, JobType = JobTypes.Generate, Name = "old", Status = "expired" });
        _store.Responses.Enqueue(_ => throw new ApiException(
            ErrorKind.Busy, nameof(SR.TooManyJobs), new ApiError { StatusCode = 400, Title = "Too many jobs" }, "400 Too many jobs", Promotion));
        JobWaiter waiter = new(_store, _clock, TimeSpan.FromSeconds(60), () => 25);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task polling = waiter.RunAsync(stop.Token);

        ConcurrencyLimit limit = new(1);
        WaitingJobCreator waitingCreator = new(_creator, new ActiveJobWaiter(_store, _clock, waiter), limit, _clock, new SystemRandom());
        PromotionJob created = await limit.RunAsync(
            () => waitingCreator.CreateWhenFreeAsync(Promotion, NewJob.Export(), stop.Token), stop.Token);

        Assert.Equal(created.JobId, _store.Jobs[^1].JobId);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
    }

    [Fact]
    public async Task The_search_for_a_lost_job_ends_when_the_user_disconnects()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "the response was lost"));
        _store.ListError = new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), "https://epcc.example");

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync(null));

        Assert.Equal(nameof(SR.CreateUncertain), failed.ErrorId);
        Assert.Equal(startedAt, _clock.UtcNow);
    }

    [Fact]
    public async Task A_lost_generate_job_is_searched_for_until_the_list_must_show_it()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "the response was lost"));

        await _creator.CreateAsync(
            Promotion, new NewJob { JobType = JobTypes.Generate, NumberOfCodes = 1 }, TestContext.Current.CancellationToken);

        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public async Task An_invalid_job_is_never_sent()
    {
        EpPromoException rejected = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync(""));

        Assert.Equal((nameof(SR.BadJobName), ErrorKind.InvalidArgument), (rejected.ErrorId, rejected.Kind));
        Assert.Equal(0, _store.Sends);
    }

    private Task<PromotionJob> CreateAsync(string? name) =>
        _creator.CreateAsync(Promotion, NewJob.Export(name), TestContext.Current.CancellationToken);
}

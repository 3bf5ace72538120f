using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Time;

namespace EpPromo.UnitTests.Domain;

/// <summary>What a create makes of answers that are lost, late or put off. SimulationTests play many more.</summary>
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
            _store, _clock, new SystemRandom(), new ClaimedJobs(), new CreateTurns(), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Two_calls_of_one_name_at_once_each_get_their_own_job()
    {
        TaskCompletionSource slow = new();
        _store.Answers.Enqueue(async make =>
        {
            PromotionJob made = make();
            await slow.Task;
            return made;
        });
        _store.Answers.Enqueue(make =>
        {
            make();
            throw new UncertainResultException("POST", "the answer was lost");
        });

        Task<PromotionJob> one = CreateAsync("nightly");
        Task<PromotionJob> two = CreateAsync("nightly");
        slow.SetResult();

        Assert.Equal(_store.Jobs.Select(job => job.JobId), [(await one).JobId, (await two).JobId]);
    }

    [Fact]
    public async Task A_name_used_again_at_once_finds_its_own_job()
    {
        PromotionJob first = await CreateAsync("nightly");
        _store.Answers.Enqueue(make =>
        {
            make();
            throw new UncertainResultException("POST", "the answer was lost");
        });

        PromotionJob second = await CreateAsync("nightly");

        Assert.Equal(_store.Jobs.Select(job => job.JobId), [first.JobId, second.JobId]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_jobs_that_fit_the_first_one_after_the_beginning_is_taken(bool newestFirst)
    {
        _store.NewestFirst = newestFirst;
        _store.Answers.Enqueue(make =>
        {
            make();
            _clock.Advance(TimeSpan.FromSeconds(5));

            // Somebody else's, a little later.
            make();
            throw new UncertainResultException("POST", "the answer was lost");
        });

        PromotionJob made = await CreateAsync("nightly");

        Assert.Equal(_store.Jobs[0].JobId, made.JobId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public async Task A_store_that_answers_429_is_asked_again_for_two_minutes(int? retryAfter)
    {
        DateTimeOffset began = _clock.UtcNow;
        for (int i = 0; i < 10_000; i++)
        {
            _store.Answers.Enqueue(_ => throw new UncertainResultException(
                "POST", "429", throttled: true, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
        }

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync(null));

        Assert.Equal(nameof(SR.JobNotCreated), failed.ErrorId);
        Assert.InRange(_clock.UtcNow - began, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.InRange(_store.Sends, 10, 1000);
    }

    [Fact]
    public async Task A_store_that_asks_for_more_time_than_a_create_has_is_an_error_at_once()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "429", throttled: true, TimeSpan.FromHours(1)));

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync(null));

        Assert.Equal((nameof(SR.RateLimited), ErrorKind.Busy), (failed.ErrorId, failed.Kind));
        Assert.Equal((1, began), (_store.Sends, _clock.UtcNow));
    }

    [Fact]
    public async Task A_lost_create_is_not_sent_again_before_the_time_that_the_store_has_asked_for()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromSeconds(100)));

        await CreateAsync(null);

        Assert.InRange(_clock.UtcNow - began, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(101));
    }

    [Fact]
    public async Task Creates_of_one_promotion_are_sent_one_after_another_and_those_of_others_meanwhile()
    {
        TaskCompletionSource slow = new();
        _store.Answers.Enqueue(async make =>
        {
            await slow.Task;
            return make();
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
    public async Task A_stopped_call_gives_its_turn_to_the_next()
    {
        TaskCompletionSource slow = new();
        _store.Answers.Enqueue(async make =>
        {
            await slow.Task;
            return make();
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
    public async Task A_job_of_a_status_that_nobody_knows_does_not_block_for_ever()
    {
        _store.Jobs.Add(new PromotionJob { JobId = "old", PromotionId = Promotion, JobType = JobTypes.Generate, Name = "old", Status = "expired" });
        _store.Answers.Enqueue(_ => throw new ApiException(
            ErrorKind.Busy, nameof(SR.TooManyJobs), new ApiError { StatusCode = 400, Title = "Too many jobs" }, "400 Too many jobs", Promotion));
        JobWaiter waiter = new(_store, _clock, TimeSpan.FromSeconds(60));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task reading = waiter.RunAsync(stop.Token);

        ConcurrencyLimit slots = new(1);
        PromotionJob made = await slots.InsideAsync(
            () => _creator.CreateWhenFreeAsync(Promotion, NewJob.Export(), waiter, slots, stop.Token), stop.Token);

        Assert.Equal(made.JobId, _store.Jobs[^1].JobId);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_job_is_not_looked_for_any_longer_once_the_user_has_disconnected()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "the answer was lost"));
        _store.ListError = new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), "https://epcc.example");

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync(null));

        Assert.Equal(nameof(SR.CreateUncertain), failed.ErrorId);
        Assert.Equal(began, _clock.UtcNow);
    }

    [Fact]
    public async Task A_lost_create_of_codes_is_looked_for_until_the_list_must_show_it()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "the answer was lost"));

        await _creator.CreateAsync(
            Promotion, new NewJob { JobType = JobTypes.Generate, NumberOfCodes = 1 }, TestContext.Current.CancellationToken);

        Assert.InRange(_clock.UtcNow - began, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
    }

    private Task<PromotionJob> CreateAsync(string? name) =>
        _creator.CreateAsync(Promotion, NewJob.Export(name), TestContext.Current.CancellationToken);
}

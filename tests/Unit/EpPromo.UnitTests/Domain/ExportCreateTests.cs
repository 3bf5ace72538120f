using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.UnitTests.Domain;

/// <summary>What a create of an export makes of lost answers: a second export harms nothing, so it is sent again without waiting.</summary>
public class ExportCreateTests
{
    private const string Promotion = "promo-1";

    private readonly FakeClock _clock = new();
    private readonly ScriptedStore _store;
    private readonly JobCreator _creator;

    public ExportCreateTests()
    {
        _store = new ScriptedStore(_clock);
        _creator = new JobCreator(
            _store, _clock, new SystemRandom(), new ClaimedJobs(), new CreateTurns(), TimeSpan.FromSeconds(60));
    }

    /// <summary>A second export harms nothing, so nobody has to wait until it is known whether the first one was made.</summary>
    [Fact]
    public async Task A_lost_create_of_an_export_is_sent_again_at_once()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "the answer was lost"));

        PromotionJob made = await CreateAsync();

        Assert.Equal(Assert.Single(_store.Jobs).JobId, made.JobId);
        Assert.Equal(2, _store.Sends);
        Assert.InRange(_clock.UtcNow - began, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_export_that_was_made_all_the_same_is_found_at_the_first_look()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(make =>
        {
            make();
            throw new UncertainResultException("POST", "the answer was lost");
        });

        Assert.Equal("job-1", (await CreateAsync()).JobId);
        Assert.Equal(1, _store.Sends);
        Assert.Equal(began, _clock.UtcNow);
    }

    /// <summary>Only when all sends were lost does it take the time that the list may lag behind to say that there is none.</summary>
    [Fact]
    public async Task An_export_that_never_comes_is_looked_for_before_that_is_said()
    {
        DateTimeOffset began = _clock.UtcNow;
        for (int i = 0; i < 10; i++)
        {
            _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "the answer was lost"));
        }

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync());

        Assert.Equal(nameof(SR.JobNotCreated), failed.ErrorId);
        Assert.Equal(6, _store.Sends);
        Assert.InRange(_clock.UtcNow - began, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_lost_create_of_an_export_is_not_sent_again_before_the_time_that_the_store_has_asked_for()
    {
        DateTimeOffset began = _clock.UtcNow;
        for (int i = 0; i < 3; i++)
        {
            _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromSeconds(100)));
        }

        await CreateAsync();

        Assert.Equal(4, _store.Sends);
        Assert.InRange(_clock.UtcNow - began, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(303));
    }

    [Fact]
    public async Task An_export_that_was_made_all_the_same_is_found_without_the_wait_that_the_store_has_asked_for()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(make =>
        {
            make();
            throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromSeconds(100));
        });

        Assert.Equal("job-1", (await CreateAsync()).JobId);
        Assert.Equal((1, began), (_store.Sends, _clock.UtcNow));
    }

    /// <summary>Whether it is there makes no difference, so that nobody can find out is no reason to stop.</summary>
    [Fact]
    public async Task A_lost_create_of_an_export_is_sent_again_where_the_list_cannot_be_read()
    {
        _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "the answer was lost"));
        _store.ListError = new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), 25);

        Assert.Equal("job-1", (await CreateAsync()).JobId);
        Assert.Equal(2, _store.Sends);
    }

    [Fact]
    public async Task An_export_that_never_comes_and_a_list_that_cannot_be_read_are_uncertain()
    {
        DateTimeOffset began = _clock.UtcNow;
        for (int i = 0; i < 10; i++)
        {
            _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "the answer was lost"));
        }

        _store.ListError = new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), 25);

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync());

        Assert.Equal(nameof(SR.CreateUncertain), failed.ErrorId);
        Assert.InRange(_clock.UtcNow - began, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    /// <summary>A 429 makes nothing, so there is no export of ours that the list might show after a longer time.</summary>
    [Fact]
    public async Task An_export_that_is_only_turned_away_for_a_moment_is_not_looked_for_as_a_lost_one_is()
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(_ => throw new UncertainResultException("POST", "429", throttled: true));
        _store.Answers.Enqueue(_ => throw new ApiException(
            ErrorKind.Busy, nameof(SR.TooManyJobs), new ApiError { StatusCode = 400, Title = "Too many jobs" }, "400 Too many jobs", Promotion));

        await Assert.ThrowsAsync<ApiException>(() => CreateAsync());

        Assert.InRange(_clock.UtcNow - began, TimeSpan.Zero, TimeSpan.FromSeconds(62));
    }

    /// <summary>It is not sent again, and before that is said the list has its time, as it may show the job that was lost.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_create_of_an_export_to_which_the_store_asks_for_more_time_than_there_is_is_looked_for(bool wasMade)
    {
        DateTimeOffset began = _clock.UtcNow;
        _store.Answers.Enqueue(make =>
        {
            _store.ShowFrom = wasMade ? began + TimeSpan.FromSeconds(50) : DateTimeOffset.MaxValue;
            make();
            throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromHours(1));
        });

        Task<PromotionJob> create = CreateAsync();

        if (wasMade)
        {
            Assert.Equal("job-1", (await create).JobId);
        }
        else
        {
            Assert.Equal(nameof(SR.JobNotCreated), (await Assert.ThrowsAsync<EpPromoException>(() => create)).ErrorId);
        }

        Assert.Equal(1, _store.Sends);
        Assert.InRange(_clock.UtcNow - began, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(61));
    }

    private Task<PromotionJob> CreateAsync() =>
        _creator.CreateAsync(Promotion, NewJob.Export(), TestContext.Current.CancellationToken);
}

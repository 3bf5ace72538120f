using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.UnitTests.Jobs.Creation;

/// <summary>Creates of exports whose responses are lost. A second export does no harm, so they are sent again without waiting.</summary>
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
            _store, _clock, new SystemRandom(), new CreateCoordination(), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_lost_create_of_an_export_is_sent_again_at_once()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "the response was lost"));

        PromotionJob created = await CreateAsync();

        Assert.Equal(Assert.Single(_store.Jobs).JobId, created.JobId);
        Assert.Equal(2, _store.Sends);
        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_export_that_was_created_is_found_without_a_delay()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(create =>
        {
            create();
            throw new UncertainResultException("POST", "the response was lost");
        });

        Assert.Equal("job-1", (await CreateAsync()).JobId);
        Assert.Equal(1, _store.Sends);
        Assert.Equal(startedAt, _clock.UtcNow);
    }

    /// <summary>Only if all sends were lost does the create wait until the list must show an export that was created.</summary>
    [Fact]
    public async Task An_export_is_searched_for_before_the_create_gives_up()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        for (int i = 0; i < 10; i++)
        {
            _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "the response was lost"));
        }

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync());

        Assert.Equal(nameof(SR.JobNotCreated), failed.ErrorId);
        Assert.Equal(6, _store.Sends);
        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_lost_create_of_an_export_is_not_sent_again_before_the_requested_delay_is_over()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        for (int i = 0; i < 3; i++)
        {
            _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromSeconds(100)));
        }

        await CreateAsync();

        Assert.Equal(4, _store.Sends);
        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(303));
    }

    [Fact]
    public async Task An_export_that_was_created_is_found_without_the_requested_delay()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(create =>
        {
            create();
            throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromSeconds(100));
        });

        Assert.Equal("job-1", (await CreateAsync()).JobId);
        Assert.Equal((1, startedAt), (_store.Sends, _clock.UtcNow));
    }

    /// <summary>Whether the first export was created makes no difference, so an unreadable list is no reason to give up.</summary>
    [Fact]
    public async Task A_lost_create_of_an_export_is_sent_again_even_if_the_list_cannot_be_read()
    {
        _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "the response was lost"));
        _store.ListError = new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), 25);

        Assert.Equal("job-1", (await CreateAsync()).JobId);
        Assert.Equal(2, _store.Sends);
    }

    [Fact]
    public async Task If_all_sends_are_lost_and_the_list_cannot_be_read_the_result_is_uncertain()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        for (int i = 0; i < 10; i++)
        {
            _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "the response was lost"));
        }

        _store.ListError = new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), 25);

        EpPromoException failed = await Assert.ThrowsAsync<EpPromoException>(() => CreateAsync());

        Assert.Equal(nameof(SR.CreateUncertain), failed.ErrorId);
        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    /// <summary>A 429 creates nothing, so the list cannot show an export of this create later.</summary>
    [Fact]
    public async Task A_throttled_export_is_searched_for_only_one_window_long()
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(_ => throw new UncertainResultException("POST", "429", throttled: true));
        _store.Responses.Enqueue(_ => throw new ApiException(
            ErrorKind.Busy, nameof(SR.TooManyJobs), new ApiError { StatusCode = 400, Title = "Too many jobs" }, "400 Too many jobs", Promotion));

        await Assert.ThrowsAsync<ApiException>(() => CreateAsync());

        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.Zero, TimeSpan.FromSeconds(62));
    }

    /// <summary>It is not sent again. Before the create gives up, it waits until the list must show the job.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_export_is_searched_for_if_the_requested_delay_is_too_long(bool wasCreated)
    {
        DateTimeOffset startedAt = _clock.UtcNow;
        _store.Responses.Enqueue(create =>
        {
            _store.VisibleFrom = wasCreated ? startedAt + TimeSpan.FromSeconds(50) : DateTimeOffset.MaxValue;
            create();
            throw new UncertainResultException("POST", "503", retryAfter: TimeSpan.FromHours(1));
        });

        Task<PromotionJob> create = CreateAsync();

        if (wasCreated)
        {
            Assert.Equal("job-1", (await create).JobId);
        }
        else
        {
            Assert.Equal(nameof(SR.JobNotCreated), (await Assert.ThrowsAsync<EpPromoException>(() => create)).ErrorId);
        }

        Assert.Equal(1, _store.Sends);
        Assert.InRange(_clock.UtcNow - startedAt, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(61));
    }

    private Task<PromotionJob> CreateAsync() =>
        _creator.CreateAsync(Promotion, NewJob.Export(), TestContext.Current.CancellationToken);
}

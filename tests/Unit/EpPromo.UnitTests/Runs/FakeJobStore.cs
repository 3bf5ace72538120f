using EpPromo.Api;

namespace EpPromo.UnitTests.Runs;

/// <summary>A store that only lists promotions and their jobs.</summary>
internal sealed class FakeJobStore : StubApi
{
    private readonly List<Promotion> _promotions = [];
    private readonly Dictionary<string, PromotionJob[]> _jobs = [];
    private int _reading;

    /// <summary>How many records a page of jobs has.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Completes when lists of jobs may be returned.</summary>
    public Task Released { get; set; } = Task.CompletedTask;

    /// <summary>The promotions whose jobs were requested.</summary>
    public List<string> Read { get; } = [];

    /// <summary>How many lists of jobs were requested at the same time, at most.</summary>
    public int MaxReading { get; private set; }

    /// <summary>Adds a promotion with jobs.</summary>
    public void Add(string promotionId, params PromotionJob[] jobs) => Add(new Promotion { PromotionId = promotionId, Name = "Summer" }, jobs);

    /// <summary>Adds a promotion with jobs.</summary>
    public void Add(Promotion promotion, params PromotionJob[] jobs)
    {
        _promotions.Add(promotion);
        _jobs[promotion.PromotionId] =
            [.. jobs.Select(job => new PromotionJob(job) { PromotionId = promotion.PromotionId, PromotionName = promotion.Name })];
    }

    public override Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<Promotion>([.. _promotions.Skip(offset)], offset, _promotions.Count, _promotions.Count));

    public override async Task<Page<PromotionJob>> ListJobsAsync(
        string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
    {
        lock (Read)
        {
            Read.Add(promotionId);
            MaxReading = Math.Max(MaxReading, ++_reading);
        }

        await Released;
        lock (Read)
        {
            _reading--;
        }

        PromotionJob[] all = _jobs[promotionId];
        return new Page<PromotionJob>([.. all.Skip(offset).Take(PageSize)], offset, PageSize, all.Length);
    }
}

using EpPromo.Api;

namespace EpPromo.UnitTests.Runs.Watching;

/// <summary>A store whose job lists change at certain times.</summary>
internal sealed class ChangingJobStore(FakeClock clock) : StubApi
{
    private readonly Dictionary<string, PromotionJob[]> _jobs = [];
    private readonly Dictionary<string, EpPromoException> _errors = [];
    private readonly List<(DateTimeOffset At, Action Change)> _changes = [];

    /// <summary>How many records a page has.</summary>
    public int PageSize { get; set; } = 100;

    public List<string> Read { get; } = [];

    public override DateTimeOffset ServerTime => clock.UtcNow;

    public void Set(string promotionId, params PromotionJob[] jobs)
    {
        _errors.Remove(promotionId);
        _jobs[promotionId] = [.. jobs.Select(job => new PromotionJob(job) { PromotionId = promotionId })];
    }

    /// <summary>The list of a promotion cannot be read, until it is set again.</summary>
    public void Fail(string promotionId, EpPromoException error) => _errors[promotionId] = error;

    public void After(DateTimeOffset time, Action change) => _changes.Add((time, change));

    public override Task<Page<PromotionJob>> ListJobsAsync(
        string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
    {
        lock (_changes)
        {
            foreach ((DateTimeOffset at, Action change) in _changes.Where(change => change.At <= clock.UtcNow).ToArray())
            {
                change();
                _changes.Remove((at, change));
            }

            Read.Add(promotionId);
            PromotionJob[] jobs = _errors.TryGetValue(promotionId, out EpPromoException? error) ? throw error
                : _jobs.TryGetValue(promotionId, out PromotionJob[]? known) ? known
                : [];
            return Task.FromResult(new Page<PromotionJob>([.. jobs.Skip(offset).Take(PageSize)], offset, PageSize, jobs.Length));
        }
    }
}

using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.UnitTests.Domain;

/// <summary>A store that answers creates as it is told, and at once when it is told nothing.</summary>
internal sealed class ScriptedStore(IClock clock) : StubApi
{
    private int _sends;

    public Queue<Func<Func<PromotionJob>, Task<PromotionJob>>> Answers { get; } = new();

    public List<PromotionJob> Jobs { get; } = [];

    public bool NewestFirst { get; set; }

    public EpPromoException? ListError { get; set; }

    /// <summary>From when on the list shows jobs.</summary>
    public DateTimeOffset ShowFrom { get; set; }

    public int Sends => _sends;

    public override DateTimeOffset ServerTime => clock.UtcNow;

    public override Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sends);
        return Answers.TryDequeue(out Func<Func<PromotionJob>, Task<PromotionJob>>? answer) ? answer(Make) : Task.FromResult(Make());

        PromotionJob Make()
        {
            PromotionJob made = new()
            {
                JobId = $"job-{Jobs.Count + 1}",
                PromotionId = promotionId,
                JobType = job.JobType,
                Name = job.Name!,
                Status = JobStatuses.Completed,
                CreatedAt = clock.UtcNow,
            };
            lock (Jobs)
            {
                Jobs.Add(made);
            }

            return made;
        }
    }

    public override Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
    {
        if (ListError is not null)
        {
            throw ListError;
        }

        List<PromotionJob> all;
        lock (Jobs)
        {
            all = clock.UtcNow < ShowFrom ? [] : [.. Jobs];
        }

        if (NewestFirst)
        {
            all.Reverse();
        }

        return Task.FromResult(new Page<PromotionJob>(all, 0, 100, all.Count));
    }
}

using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.UnitTests.Jobs.Creation;

/// <summary>A store that responds to creates as scripted; without a script it creates the job.</summary>
internal sealed class ScriptedStore(IClock clock) : StubApi
{
    private int _sends;

    public Queue<Func<Func<PromotionJob>, Task<PromotionJob>>> Responses { get; } = new();

    public List<PromotionJob> Jobs { get; } = [];

    public bool NewestFirst { get; set; }

    public EpPromoException? ListError { get; set; }

    /// <summary>The list shows no jobs before this time.</summary>
    public DateTimeOffset VisibleFrom { get; set; }

    public int Sends => _sends;

    public override DateTimeOffset ServerTime => clock.UtcNow;

    public override Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sends);
        return Responses.TryDequeue(out Func<Func<PromotionJob>, Task<PromotionJob>>? response) ? response(Create) : Task.FromResult(Create());

        PromotionJob Create()
        {
            PromotionJob created = new()
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
                Jobs.Add(created);
            }

            return created;
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
            all = clock.UtcNow < VisibleFrom ? [] : [.. Jobs];
        }

        if (NewestFirst)
        {
            all.Reverse();
        }

        return Task.FromResult(new Page<PromotionJob>(all, 0, 100, all.Count));
    }
}

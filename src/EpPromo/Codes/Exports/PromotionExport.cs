using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;

namespace EpPromo.Codes.Exports;

/// <summary>Exports all codes of a promotion.</summary>
internal sealed class PromotionExport
{
    private readonly IJobApi _api;
    private readonly WaitingJobCreator _creator;
    private readonly JobWaiter _waiter;

    /// <summary>An export.</summary>
    /// <param name="api">The store.</param>
    /// <param name="creator">Creates the export job. It releases the command's limit while it waits.</param>
    /// <param name="waiter">Waits for the export job.</param>
    public PromotionExport(IJobApi api, WaitingJobCreator creator, JobWaiter waiter)
    {
        _api = api;
        _creator = creator;
        _waiter = waiter;
    }

    /// <summary>Creates an export job as soon as the promotion is free, and waits for it.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="onJobs">Callback: receives the jobs of the promotion that show up meanwhile; null if they do not matter.</param>
    /// <param name="cancellationToken">Stops it; a job that was created continues.</param>
    /// <returns>The export job, which has completed.</returns>
    /// <exception cref="EpPromoException">The export job cannot be created, or has failed.</exception>
    public async Task<PromotionJob> CreateAsync(
        string promotionId, Action<IReadOnlyList<PromotionJob>>? onJobs, CancellationToken cancellationToken)
    {
        PromotionJob job = await _creator.CreateWhenFreeAsync(promotionId, NewJob.Export(), cancellationToken);
        job = await _waiter.WaitWhileAsync(
            job,
            jobs =>
            {
                onJobs?.Invoke(jobs);
                return true;
            },
            cancellationToken);
        return JobStatuses.IsCompleted(job.Status) ? job : throw new JobEndedException(job);
    }

    /// <summary>Downloads the file of an export job.</summary>
    /// <param name="job">An export job that has completed.</param>
    /// <param name="destination">A stream that can seek; it contains nothing but the file afterwards.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The file cannot be downloaded.</exception>
    public async Task DownloadAsync(PromotionJob job, Stream destination, CancellationToken cancellationToken)
    {
        destination.SetLength(0);
        await _api.DownloadJobFileAsync(job.PromotionId, job.JobId, destination, cancellationToken);
    }
}

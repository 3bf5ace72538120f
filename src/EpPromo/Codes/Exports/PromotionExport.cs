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

    /// <summary>Creates an export job as soon as the promotion is free, and downloads its file.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="destination">A stream that can seek; it contains nothing but the file afterwards.</param>
    /// <param name="onJobs">Callback: receives the other jobs of the promotion that show up while the export is waited for.</param>
    /// <param name="cancellationToken">Stops it; a job that was created continues.</param>
    /// <returns>The export job.</returns>
    /// <exception cref="EpPromoException">The export job failed, or its file cannot be downloaded.</exception>
    public async Task<PromotionJob> DownloadAsync(
        string promotionId, Stream destination, Action<IReadOnlyList<PromotionJob>> onJobs, CancellationToken cancellationToken)
    {
        PromotionJob job = await _creator.CreateWhenFreeAsync(promotionId, NewJob.Export(), cancellationToken);
        job = await _waiter.WaitWhileAsync(
            job,
            jobs =>
            {
                onJobs(jobs);
                return true;
            },
            cancellationToken);
        await DownloadAsync(job, destination, cancellationToken);
        return job;
    }

    /// <summary>Downloads the file of an export job.</summary>
    /// <param name="job">The job as it ended.</param>
    /// <param name="destination">A stream that can seek; it contains nothing but the file afterwards.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The job failed, or its file cannot be downloaded.</exception>
    public async Task DownloadAsync(PromotionJob job, Stream destination, CancellationToken cancellationToken)
    {
        if (!JobStatuses.IsCompleted(job.Status))
        {
            throw new JobEndedException(job);
        }

        destination.SetLength(0);
        await _api.DownloadJobFileAsync(job.PromotionId, job.JobId, destination, cancellationToken);
    }
}

using System.Globalization;

namespace EpPromo;

/// <summary>Exports the codes of one run: the promotion's export, without the rows of other codes.</summary>
public sealed class CodeRunExport
{
    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly JobCreator _creator;
    private readonly JobWaiter _waiter;
    private readonly TimeSpan _consistencyWindow;

    /// <summary>An export through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="creator">Creates the export job.</param>
    /// <param name="waiter">Waits for it.</param>
    /// <param name="consistencyWindow">How long the list of codes may lag behind.</param>
    public CodeRunExport(IPromotionApi api, IClock clock, JobCreator creator, JobWaiter waiter, TimeSpan consistencyWindow)
    {
        _api = api;
        _clock = clock;
        _creator = creator;
        _waiter = waiter;
        _consistencyWindow = consistencyWindow;
    }

    /// <summary>Writes the rows of the codes that <paramref name="jobs"/> have made.</summary>
    /// <param name="run">The run on one promotion, ended well.</param>
    /// <param name="jobs">Its jobs that made codes.</param>
    /// <param name="destination">An empty stream.</param>
    /// <param name="spool">An empty stream that can seek, for the promotion's whole export.</param>
    /// <param name="warn">Is told when the codes found are not as many as the jobs say.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAsync(
        CodeRun run, IReadOnlyList<PromotionJob> jobs, Stream destination, Stream spool, Action<string> warn,
        CancellationToken cancellationToken)
    {
        string promotionId = run.PromotionId;
        HashSet<string> own = await FindCodesAsync(promotionId, jobs, cancellationToken);
        if (own.Count < run.Generated)
        {
            // The list may lag behind the jobs.
            await _clock.DelayAsync(_consistencyWindow, cancellationToken);
            own = await FindCodesAsync(promotionId, jobs, cancellationToken);
        }

        if (own.Count != run.Generated)
        {
            warn(string.Format(CultureInfo.InvariantCulture, SR.NoteRunCodesMismatch, run.Name, promotionId, run.Generated, own.Count));
        }

        PromotionJob export = await _creator.CreateWhenFreeAsync(promotionId, NewJob.Export(), _waiter, cancellationToken);
        export = await _waiter.WaitForAsync(export, cancellationToken);
        if (!JobStatuses.IsCompleted(export.Status))
        {
            throw new JobEndedException(export);
        }

        await _api.DownloadJobFileAsync(promotionId, export.JobId, spool, cancellationToken);
        spool.Position = 0;
        _api.WriteExportFile(destination, _api.ReadExportFile(spool).Where(row => row.Code is { } code && own.Contains(code)));
    }

    private async Task<HashSet<string>> FindCodesAsync(
        string promotionId, IReadOnlyList<PromotionJob> jobs, CancellationToken cancellationToken)
    {
        HashSet<string> own = new(StringComparer.OrdinalIgnoreCase);
        if (jobs.Count > 0)
        {
            await new JobCodes(_api).VisitAsync(
                promotionId, jobs[0].CodePrefix, jobs, (_, code) => own.Add(code.Code), cancellationToken);
        }

        return own;
    }
}

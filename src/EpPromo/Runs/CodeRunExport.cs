using EpPromo.Codes;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Stores;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Runs;

/// <summary>Exports the codes of one run: the promotion's export, without the rows of other codes.</summary>
internal sealed class CodeRunExport
{
    private readonly StoreApi _api;
    private readonly IExportFiles _files;
    private readonly IClock _clock;
    private readonly JobCreator _creator;
    private readonly JobWaiter _waiter;
    private readonly ConcurrencyLimit _slots;
    private readonly TimeSpan _consistencyWindow;

    /// <summary>An export through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="files">Reads the export files.</param>
    /// <param name="clock">Time.</param>
    /// <param name="creator">Creates the export job.</param>
    /// <param name="waiter">Waits for it.</param>
    /// <param name="slots">Of which the run holds one: it is given away while another job of the promotion is in the way.</param>
    /// <param name="consistencyWindow">How long the list of codes may lag behind.</param>
    public CodeRunExport(
        StoreApi api,
        IExportFiles files,
        IClock clock,
        JobCreator creator,
        JobWaiter waiter,
        ConcurrencyLimit slots,
        TimeSpan consistencyWindow)
    {
        _api = api;
        _files = files;
        _clock = clock;
        _creator = creator;
        _waiter = waiter;
        _slots = slots;
        _consistencyWindow = consistencyWindow;
    }

    /// <summary>Writes the rows of the codes that <paramref name="jobs"/> have made.</summary>
    /// <param name="request">The run on one promotion, ended well.</param>
    /// <param name="generated">How many codes it has made.</param>
    /// <param name="jobs">Its jobs that made codes.</param>
    /// <param name="destination">An empty stream that can seek.</param>
    /// <param name="spool">An empty stream that can seek, for the promotion's whole export.</param>
    /// <param name="warn">Is told when more codes than the jobs say look like theirs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The export job failed, or the file would not hold all codes of the run.</exception>
    public async Task WriteAsync(
        CodeRunRequest request,
        int generated,
        IReadOnlyList<PromotionJob> jobs,
        Stream destination,
        Stream spool,
        Func<string, Task> warn,
        CancellationToken cancellationToken)
    {
        HashSet<string> own = await FindCodesAsync(request, jobs, cancellationToken);
        if (own.Count != generated)
        {
            // The list may lag behind the jobs, and behind codes that were deleted.
            await _clock.DelayAsync(_consistencyWindow, cancellationToken);
            own = await FindCodesAsync(request, jobs, cancellationToken);
        }

        if (own.Count < generated)
        {
            throw Incomplete(own.Count);
        }

        if (own.Count > generated)
        {
            await warn(MessageText.Of(
                SR.WarningRunCodeCountMismatch, request.Name, request.PromotionId, generated, own.Count));
        }

        string job = await ExportAsync(request.PromotionId, spool, cancellationToken);
        if (Filter(spool, job, destination, own, cancellationToken) > 0)
        {
            // So may what the export was made from.
            await _clock.DelayAsync(_consistencyWindow, cancellationToken);
            job = await ExportAsync(request.PromotionId, spool, cancellationToken);
            if (Filter(spool, job, destination, own, cancellationToken) is > 0 and int missing)
            {
                destination.SetLength(0);
                throw Incomplete(own.Count - missing);
            }
        }

        EpPromoException Incomplete(int found) =>
            new(ErrorKind.InvalidResponse, nameof(SR.ExportIncomplete), request.Name, request.PromotionId, found, generated);
    }

    /// <summary>Fills the spool with the promotion's whole export; returns the id of its job.</summary>
    private async Task<string> ExportAsync(string promotionId, Stream spool, CancellationToken cancellationToken)
    {
        PromotionJob export = await _creator.CreateWhenFreeAsync(promotionId, NewJob.Export(), _waiter, _slots, cancellationToken);
        export = await _waiter.WaitForAsync(export, cancellationToken);
        if (!JobStatuses.IsCompleted(export.Status))
        {
            throw new JobEndedException(export);
        }

        spool.SetLength(0);
        await _api.Jobs.DownloadJobFileAsync(promotionId, export.JobId, spool, cancellationToken);
        return export.JobId;
    }

    /// <summary>Writes the rows of the run's own codes; returns how many of those have none.</summary>
    private int Filter(Stream spool, string jobId, Stream destination, HashSet<string> own, CancellationToken cancellationToken)
    {
        HashSet<string> missing = new(own, own.Comparer);
        spool.Position = 0;
        destination.SetLength(0);
        _files.CopyRows(
            spool,
            jobId,
            destination,
            code =>
            {
                missing.Remove(code);
                return own.Contains(code);
            },
            cancellationToken);
        return missing.Count;
    }

    private async Task<HashSet<string>> FindCodesAsync(
        CodeRunRequest request, IReadOnlyList<PromotionJob> jobs, CancellationToken cancellationToken)
    {
        HashSet<string> own = new(CodeComparer.Instance);
        await new JobCodes(_api.Codes).VisitAsync(
            request.PromotionId,
            request.CodePrefix,
            jobs,
            (_, code) =>
            {
                own.Add(code.Text);
                return Task.CompletedTask;
            },
            cancellationToken);
        return own;
    }
}

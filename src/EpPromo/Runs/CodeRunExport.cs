using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>
/// Exports the codes of one run: the rows of the promotion's export that have its codes, byte for byte (docs/guarantees.md, "The file of a
/// run").
/// </summary>
internal sealed class CodeRunExport
{
    private readonly RunContext _context;
    private readonly WaitingJobCreator _creator;
    private readonly IExportFiles _files;

    /// <summary>An export.</summary>
    /// <param name="context">What the runs of the command share.</param>
    /// <param name="creator">Creates the export job. It releases the context's limit while it waits.</param>
    /// <param name="files">Reads the export files.</param>
    public CodeRunExport(RunContext context, WaitingJobCreator creator, IExportFiles files)
    {
        _context = context;
        _creator = creator;
        _files = files;
    }

    /// <summary>Writes the rows of the run's codes.</summary>
    /// <param name="run">A run that has completed. It holds a place under the concurrency limit.</param>
    /// <param name="generated">How many codes it has.</param>
    /// <param name="destination">An empty stream that can seek.</param>
    /// <param name="spool">An empty stream that can seek, for the export of the whole promotion.</param>
    /// <param name="onWarning">Callback: is told if more codes match the run's jobs than they report.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The export job failed, or the file would not contain all codes of the run.</exception>
    public async Task WriteAsync(
        RunState run, int generated, Stream destination, Stream spool, Func<string, Task> onWarning, CancellationToken cancellationToken)
    {
        CodeRunRequest request = run.Request;
        HashSet<string> codes = await FindCodesAsync(run, cancellationToken);
        if (codes.Count != generated)
        {
            // The list of codes can lag behind the jobs, and behind deletions.
            await _context.Clock.DelayAsync(_context.ConsistencyWindow, cancellationToken);
            codes = await FindCodesAsync(run, cancellationToken);
        }

        if (codes.Count < generated)
        {
            throw Incomplete(codes.Count);
        }

        if (codes.Count > generated)
        {
            await onWarning(MessageText.Of(SR.WarningRunCodeCountMismatch, request.Name, request.PromotionId, generated, codes.Count));
        }

        string jobId = await DownloadAsync(request.PromotionId, spool, cancellationToken);
        if (Filter(spool, jobId, destination, codes, cancellationToken) > 0)
        {
            // The data behind an export can lag in the same way.
            await _context.Clock.DelayAsync(_context.ConsistencyWindow, cancellationToken);
            jobId = await DownloadAsync(request.PromotionId, spool, cancellationToken);
            if (Filter(spool, jobId, destination, codes, cancellationToken) is > 0 and int missing)
            {
                destination.SetLength(0);
                throw Incomplete(codes.Count - missing);
            }
        }

        EpPromoException Incomplete(int found) =>
            new(ErrorKind.InvalidResponse, nameof(SR.ExportIncomplete), request.Name, request.PromotionId, found, generated);
    }

    /// <summary>Finds the codes that the run's jobs have generated.</summary>
    private async Task<HashSet<string>> FindCodesAsync(RunState run, CancellationToken cancellationToken)
    {
        HashSet<string> codes = new(CodeComparer.Instance);
        await new JobCodeFinder(_context.Api.Codes).FindAsync(
            run.Request.PromotionId,
            run.Request.CodePrefix,
            run.Journal.CountedJobs,
            (_, code) =>
            {
                codes.Add(code.Text);
                return Task.CompletedTask;
            },
            cancellationToken);
        return codes;
    }

    /// <summary>Exports the whole promotion to the spool. Returns the id of the export job.</summary>
    private async Task<string> DownloadAsync(string promotionId, Stream spool, CancellationToken cancellationToken)
    {
        PromotionJob job = await _creator.CreateWhenFreeAsync(promotionId, NewJob.Export(), cancellationToken);
        job = await _context.Waiter.WaitForAsync(job, cancellationToken);
        if (!JobStatuses.IsCompleted(job.Status))
        {
            throw new JobEndedException(job);
        }

        spool.SetLength(0);
        await _context.Api.Jobs.DownloadJobFileAsync(promotionId, job.JobId, spool, cancellationToken);
        return job.JobId;
    }

    /// <summary>Copies the rows of the run's codes. Returns how many of the codes have no row.</summary>
    private int Filter(Stream spool, string jobId, Stream destination, HashSet<string> codes, CancellationToken cancellationToken)
    {
        HashSet<string> missing = new(codes, codes.Comparer);
        spool.Position = 0;
        destination.SetLength(0);
        _files.CopyRows(
            spool,
            jobId,
            destination,
            code =>
            {
                missing.Remove(code);
                return codes.Contains(code);
            },
            cancellationToken);
        return missing.Count;
    }
}

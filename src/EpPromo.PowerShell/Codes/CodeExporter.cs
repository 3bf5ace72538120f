using EpPromo.Codes.Exports;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.PowerShell.Codes;

/// <summary>Exports codes of one store to files.</summary>
internal sealed class CodeExporter
{
    private readonly StoreContext _context;
    private readonly ConcurrencyLimit _limit;
    private readonly Func<string, Task> _warn;
    private readonly PromotionExport _promotions;
    private readonly OwnCodeExport _ownCodes;

    /// <summary>An exporter.</summary>
    /// <param name="context">The store.</param>
    /// <param name="limit">The limit under which the exports run; it is released while one waits for a job that somebody else has created.</param>
    /// <param name="warn">Callback: receives what the user should know.</param>
    public CodeExporter(StoreContext context, ConcurrencyLimit limit, Func<string, Task> warn)
    {
        _context = context;
        _limit = limit;
        _warn = warn;
        _promotions = context.CreatePromotionExport();
        _ownCodes = context.CreateOwnCodeExport();
    }

    /// <summary>Writes a file.</summary>
    /// <param name="source">What to export.</param>
    /// <param name="file">The file.</param>
    /// <param name="step">Is told what the export does.</param>
    /// <param name="cancellationToken">Stops it; jobs that were created continue.</param>
    /// <exception cref="EpPromoException">The job failed, the codes cannot be exported, or the file cannot be written.</exception>
    public async Task<ExportedFile> ExportAsync(CodeSource source, CodeFile file, WorkStep step, CancellationToken cancellationToken)
    {
        file.CheckWritable(selectsRows: !source.IsWholeExport);
        step.Report(SR.ProgressPhaseWaitingForExport);
        if (source.Run is { } run)
        {
            return await ExportOwnAsync(await RunCodes.FindAsync(_context.Api.Jobs, run, _context.Pages, cancellationToken), null, file, step, cancellationToken);
        }

        if (source.JobId is null)
        {
            return await ExportAllAsync(
                await _promotions.CreateAsync(source.PromotionId, null, cancellationToken), file, step, cancellationToken);
        }

        PromotionJob job = source.Job ?? await JobFinder.GetAsync(_context.Api.Jobs, source.PromotionId, source.JobId, cancellationToken);
        step.Report(SR.ProgressPhaseWaitingForJob);
        await _limit.ReleaseWhileAsync(async () => job = await _context.Waiter.WaitForAsync(job, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (!JobStatuses.IsCompleted(job.Status))
        {
            throw new JobEndedException(job);
        }

        return JobStatuses.Is(job.JobType, JobTypes.Export)
            ? await ExportAllAsync(job, file, step, cancellationToken)
            : await ExportOwnAsync(new JobCodes(job, BatchName.Parse(job.Name)?.Run), job.JobId, file, step, cancellationToken);
    }

    private async Task<ExportedFile> ExportOwnAsync(
        OwnCodes own, string? jobId, CodeFile file, WorkStep step, CancellationToken cancellationToken)
    {
        int count = 0;
        using TemporaryFileStream spool = SpoolFile.Open();
        step.Report(() => DownloadStatus.Of(spool.Written, SR.ProgressPhaseWaitingForExport));
        WrittenFile written = await file.WriteAsync(
            async rows => count = await _ownCodes.WriteAsync(own, rows, spool, _warn, cancellationToken), null, null, _warn, cancellationToken);
        return new ExportedFile(written, own.PromotionId, jobId, own.Run, count);
    }

    private async Task<ExportedFile> ExportAllAsync(PromotionJob export, CodeFile file, WorkStep step, CancellationToken cancellationToken)
    {
        int? count = null;
        WrittenFile written = await file.WriteAsync(
            csv =>
            {
                step.Report(() => DownloadStatus.Of(csv.Written, SR.ProgressPhaseExporting));
                return _promotions.DownloadAsync(export, csv, cancellationToken);
            },
            async csv => count = await CountAsync(csv, export, cancellationToken),
            export.JobId,
            _warn,
            cancellationToken);
        return new ExportedFile(written, export.PromotionId, export.JobId, null, count);
    }

    /// <summary>The number of rows; null, with a warning, if the file is not CSV: it is written as the store has made it.</summary>
    private async Task<int?> CountAsync(Stream stream, PromotionJob export, CancellationToken cancellationToken)
    {
        try
        {
            stream.Position = 0;
            return _context.Store.Connection.ExportFiles.CountRows(stream, export.JobId, cancellationToken);
        }
        catch (EpPromoException e)
        {
            await _warn(MessageText.Of(SR.WarningRowsNotCounted, e.Message));
            return null;
        }
    }
}

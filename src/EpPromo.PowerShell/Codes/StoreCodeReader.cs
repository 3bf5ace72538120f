using EpPromo.Codes;
using EpPromo.Codes.Exports;
using EpPromo.Jobs;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;

namespace EpPromo.PowerShell.Codes;

/// <summary>Reads the codes of jobs and runs of one store that are given to recipients.</summary>
internal sealed class StoreCodeReader
{
    private readonly StoreContext _context;
    private readonly Func<string, Task> _warn;

    /// <param name="context">The store.</param>
    /// <param name="warn">Callback: receives what the user should know.</param>
    public StoreCodeReader(StoreContext context, Func<string, Task> warn)
    {
        _context = context;
        _warn = warn;
    }

    /// <summary>Reads the codes that a generate job has generated, or that the file of an export job has.</summary>
    /// <exception cref="EpPromoException">The job has not completed, or its codes cannot be read or told from those of others.</exception>
    public async Task ReadAsync(PromotionJob job, Action<string> offer, CancellationToken cancellationToken)
    {
        job = await JobFinder.GetCompletedAsync(_context.Api.Jobs, job.PromotionId, job.JobId, job, cancellationToken);
        await (JobStatuses.Is(job.JobType, JobTypes.Export)
            ? ReadFileAsync(job, offer, cancellationToken)
            : ReadOwnAsync(new JobCodes(job, BatchName.Parse(job.Name)?.Run), offer, cancellationToken));
    }

    /// <summary>Reads the codes of a run on a promotion.</summary>
    /// <exception cref="EpPromoException">Codes of the run are missing, or cannot be read or told from those of others.</exception>
    public async Task ReadAsync(CodeRun run, Action<string> offer, CancellationToken cancellationToken) =>
        await ReadOwnAsync(await RunCodes.FindAsync(_context.Api.Jobs, run, _context.Pages, cancellationToken), offer, cancellationToken);

    private async Task ReadFileAsync(PromotionJob export, Action<string> offer, CancellationToken cancellationToken)
    {
        using Stream file = SpoolFile.Open();
        await _context.Api.Jobs.DownloadJobFileAsync(export.PromotionId, export.JobId, file, cancellationToken);
        file.Position = 0;
        foreach (ExportRow row in _context.Store.Connection.ExportFiles.ReadRows(file, export))
        {
            offer(row.Text);
        }
    }

    private async Task ReadOwnAsync(OwnCodes own, Action<string> offer, CancellationToken cancellationToken)
    {
        int found = 0;
        await new OwnCodeLister(_context.Api.Jobs, _context.Api.Codes, _context.Clock, _context.Store.ConsistencyWindow).ListAsync(
            own,
            code =>
            {
                found++;
                offer(code.Text);
                return Task.CompletedTask;
            },
            _warn,
            cancellationToken);

        // Somebody may have the codes of others already. Codes that are missing, because they were deleted, do no harm.
        if (found > own.Count)
        {
            own.ThrowIfWrong(found);
        }
    }
}

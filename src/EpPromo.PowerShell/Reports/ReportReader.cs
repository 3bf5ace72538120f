using EpPromo.Codes.Exports;
using EpPromo.Jobs;
using EpPromo.PowerShell.Codes;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Reports;
using EpPromo.Runs;
using EpPromo.Runs.Finding;
using EpPromo.Text;
using EpPromo.Usages;

namespace EpPromo.PowerShell.Reports;

/// <summary>Reads of one promotion what a report shows: its jobs, and how its codes are used.</summary>
internal sealed class ReportReader
{
    private readonly StreamingCmdlet _cmdlet;
    private readonly StoreContext _context;
    private readonly string _promotionId;
    private readonly JobSelection _selection;
    private readonly Func<ReportSource> _source;

    /// <param name="cmdlet">Writes errors and warnings.</param>
    /// <param name="context">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="selection">Which of its jobs are selected.</param>
    /// <param name="source">
    /// Takes what was read. Called on the pipeline thread, and only for something to add: the promotion is then part of the report.
    /// </param>
    public ReportReader(StreamingCmdlet cmdlet, StoreContext context, string promotionId, JobSelection selection, Func<ReportSource> source)
    {
        _cmdlet = cmdlet;
        _context = context;
        _promotionId = promotionId;
        _selection = selection;
        _source = source;
    }

    /// <summary>Reads it. What cannot be read is an error and part of the report.</summary>
    /// <param name="includesUsage">Whether to read how the codes are used.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ReadAsync(bool includesUsage, CancellationToken cancellationToken)
    {
        try
        {
            List<PromotionJob> jobs = await JobFinder.ListAsync(
                _context.Api.Jobs, _promotionId, _selection.JobType, _selection.Contains, _context.Pages, cancellationToken);
            await AddAsync(jobs);
            if (includesUsage)
            {
                await ReadUsageAsync(jobs, cancellationToken);
            }
        }
        catch (EpPromoException e)
        {
            await AddAsync(e, null);
        }
    }

    /// <summary>Reads how all codes are used, if all jobs are selected; otherwise, those of each run that is selected and complete.</summary>
    private async Task ReadUsageAsync(List<PromotionJob> jobs, CancellationToken cancellationToken)
    {
        List<CodeRun> runs = _selection.IsAll ? []
            : [.. RunFinder.PartsOf(_promotionId, jobs.Where(_selection.ContainsRunOf)).Where(run => JobStatuses.IsCompleted(run.Status))];
        if (_context.Kind == PromotionKind.Standard && (_selection.IsAll || runs.Count > 0))
        {
            await _cmdlet.WriteWarningAsync(MessageText.Of(SR.WarningUsesUnknown, _promotionId));
        }

        if (_selection.IsAll)
        {
            await MeasureAsync(null, cancellationToken);
        }

        foreach (CodeRun run in runs)
        {
            try
            {
                await MeasureAsync(RunCodes.Find(run, jobs), cancellationToken);
            }
            catch (EpPromoException e)
            {
                // The other runs can be read all the same.
                await AddAsync(e, run.Name);
            }
        }
    }

    private async Task MeasureAsync(OwnCodes? own, CancellationToken cancellationToken)
    {
        CodeMeter meter = new(TimeZoneInfo.Utc);
        await new CodeMeasurer(_context, _cmdlet.WriteWarningAsync).MeasureAsync(_promotionId, own, null, meter, cancellationToken);
        CodeMeasurement measurement = new(meter.ToMeasurement()) { PromotionId = _promotionId, Run = own?.Run };
        await _cmdlet.PostAsync(() => _source().Add(measurement));
    }

    private async Task AddAsync(List<PromotionJob> jobs)
    {
        await _cmdlet.PostAsync(() =>
        {
            _selection.SetRead();
            foreach (PromotionJob job in jobs)
            {
                _source().Add(job, _selection.ContainsRunOf(job));
            }
        });
        foreach (string missing in _selection.MissingIds)
        {
            await _cmdlet.WriteErrorAsync(new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), missing, _promotionId), missing);
        }
    }

    /// <summary>Adds what could not be read, and of which run, or null.</summary>
    private async Task AddAsync(EpPromoException error, string? run)
    {
        await _cmdlet.PostAsync(() => _source().Add(error, run));
        await _cmdlet.WriteErrorAsync(error, _promotionId);
    }
}

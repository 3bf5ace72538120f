using EpPromo.Codes.Exports;
using EpPromo.PowerShell.Reports;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;
using EpPromo.Text;
using EpPromo.Usages;

namespace EpPromo.PowerShell.Commands;

/// <summary>Reads how the codes of runs and promotions are used, for a report.</summary>
internal sealed class UsageReader
{
    private readonly StoreContext _context;
    private readonly Func<string, Task> _warn;

    /// <param name="context">The store.</param>
    /// <param name="warn">Callback: receives what the user should know.</param>
    public UsageReader(StoreContext context, Func<string, Task> warn)
    {
        _context = context;
        _warn = warn;
    }

    /// <summary>Reads how all codes of a promotion are used, if all of its jobs are selected; otherwise, those of each run that is selected and complete.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="selection">Which of its jobs are selected.</param>
    /// <param name="jobs">These jobs.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">Codes or usages cannot be read.</exception>
    public async Task<IReadOnlyList<CodeMeasurement>> ReadAsync(
        string promotionId, JobSelection selection, IReadOnlyList<PromotionJob> jobs, CancellationToken cancellationToken)
    {
        if (selection.IsAll)
        {
            return [await MeasureAsync(promotionId, null, cancellationToken)];
        }

        List<CodeMeasurement> measurements = [];
        foreach (CodeRun run in RunFinder.PartsOf(promotionId, jobs.Where(selection.ContainsRunOf)).Where(run => JobStatuses.IsCompleted(run.Status)))
        {
            measurements.Add(await MeasureAsync(promotionId, run, cancellationToken));
        }

        return measurements;
    }

    private async Task<CodeMeasurement> MeasureAsync(string promotionId, CodeRun? run, CancellationToken cancellationToken)
    {
        CodeMeter meter = new(TimeZoneInfo.Utc);
        OwnCodes? own = run is null ? null : await RunCodes.FindAsync(_context.Api.Jobs, run, cancellationToken);
        await new CodeMeasurer(_context, _warn).MeasureAsync(promotionId, own, null, meter, cancellationToken);
        if (_context.Kind == PromotionKind.Standard)
        {
            await _warn(MessageText.Of(SR.WarningUsesUnknown, promotionId));
        }

        return new CodeMeasurement(meter.ToMeasurement()) { PromotionId = promotionId, Run = run?.Name };
    }
}

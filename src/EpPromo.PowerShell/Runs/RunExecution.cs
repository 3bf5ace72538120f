using EpPromo.Codes.Exports;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Pipeline;
using EpPromo.Runs;
using EpPromo.Runs.Execution;
using EpPromo.Runs.Progress;

namespace EpPromo.PowerShell.Runs;

/// <summary>Executes the runs of a command: writes each run's output object, its errors, and the file of its codes.</summary>
internal sealed class RunExecution
{
    private readonly StreamingCmdlet _cmdlet;
    private readonly RunContext _context;
    private readonly CodeRunner _runner;
    private readonly OwnCodeExport _export;
    private readonly CommandTimeout _timeout;
    private RunInterruption? _interruption;

    /// <summary>The execution of a command's runs.</summary>
    /// <param name="cmdlet">Writes the output.</param>
    /// <param name="context">What the runs share.</param>
    /// <param name="export">Exports the codes of a run.</param>
    /// <param name="timeout">The time that the command may take.</param>
    public RunExecution(StreamingCmdlet cmdlet, RunContext context, OwnCodeExport export, CommandTimeout timeout)
    {
        _cmdlet = cmdlet;
        _context = context;
        _runner = new CodeRunner(context);
        _export = export;
        _timeout = timeout;
    }

    /// <summary>Executes a run to its end. For work.</summary>
    /// <param name="run">The run.</param>
    /// <param name="file">The file for its codes, or null.</param>
    public async Task ExecuteAsync(RunState run, CodeFile? file)
    {
        CodeRunRequest request = run.Request;
        try
        {
            file?.CheckWritable(selectsRows: true);
            CodeRun ended = await _runner.RunAsync(
                run,
                _cmdlet.WriteWarningAsync,
                error => _cmdlet.WriteErrorAsync(error, request.PromotionId),
                file is null ? null : generated => ExportAsync(run, generated, file),
                _timeout.Token);
            await _cmdlet.WriteObjectAsync(
                JobStatuses.IsCompleted(ended.Status) && file is not null ? new CodeRun(ended) { Path = file.Path } : ended);
        }
        catch (OperationCanceledException) when (_timeout.HasExpired)
        {
            await WriteFailedAsync(run, _cmdlet.TimeoutError(
                nameof(SR.RunTimeout), request.Name, request.PromotionId, _timeout.Limit, RunStatusText.ForTimeout(run)));
        }
        catch (EpPromoException e)
        {
            // Thrown before the run started: a run that has started reports its errors itself.
            run.End();
            await WriteFailedAsync(run, e);
        }
        catch (OperationCanceledException) when (_interruption is not null)
        {
            await _interruption.CancelAsync(run, _context);
            throw;
        }
    }

    /// <summary>Called at Ctrl+C, before the runs are cancelled: <paramref name="interruption"/> is applied to each of them.</summary>
    public void Interrupt(RunInterruption interruption) => _interruption = interruption;

    private async Task WriteFailedAsync(RunState run, EpPromoException error)
    {
        await _cmdlet.WriteErrorAsync(error, run.Request.PromotionId);
        await _cmdlet.WriteObjectAsync(run.ToFailed(error, _context.Clock.UtcNow));
    }

    private async Task ExportAsync(RunState run, int generated, CodeFile file)
    {
        // For the export of the whole promotion, of which the file gets the rows of this run's codes.
        using Stream spool = SpoolFile.Open();
        await file.WriteAsync(
            rows => _export.WriteAsync(new RunCodes(run.Request, run.Journal, generated), rows, spool, _cmdlet.WriteWarningAsync, _timeout.Token),
            null,
            null,
            _cmdlet.WriteWarningAsync,
            _timeout.Token);
    }
}

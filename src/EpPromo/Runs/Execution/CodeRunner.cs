using EpPromo.Api;

namespace EpPromo.Runs.Execution;

/// <summary>
/// Generates an exact number of codes on promotions, in jobs of at most 1000, whatever fails on the way. <see cref="RunSession"/> does the
/// work; this class makes an output object of it.
/// </summary>
internal sealed class CodeRunner
{
    private readonly RunContext _context;

    /// <summary>A runner for the runs of a command.</summary>
    public CodeRunner(RunContext context) => _context = context;

    /// <summary>
    /// Executes the run to its end. A failure is passed to <paramref name="onError"/> and is in the result. The caller holds a place under
    /// the concurrency limit.
    /// </summary>
    /// <param name="run">The run; kept up to date, for progress bars.</param>
    /// <param name="onWarning">Callback: receives what the user should know.</param>
    /// <param name="onError">Callback: receives why the run failed.</param>
    /// <param name="export">
    /// Callback: exports the codes, of which it receives the number. The run ends when it has. Null if nothing is exported.
    /// </param>
    /// <param name="cancellationToken">Interrupts the run; jobs in progress continue in the store.</param>
    public async Task<CodeRun> RunAsync(
        RunState run,
        Func<string, Task> onWarning,
        Func<EpPromoException, Task> onError,
        Func<int, Task>? export,
        CancellationToken cancellationToken)
    {
        try
        {
            Identifier.Check(run.Request.PromotionId);
            run.Request.Validate();

            // Its turn may come when the time for all runs is over.
            cancellationToken.ThrowIfCancellationRequested();
            run.Start(_context.Clock.UtcNow);
            int generated = await new RunSession(_context, run, onWarning).ExecuteAsync(cancellationToken);
            run.Complete(generated);
            if (export is not null)
            {
                // While the run still holds its place: an export is work for the store and this machine, as a batch is.
                run.Enter(RunPhase.Exporting);
                await export(generated);
            }

            return run.ToCompleted(_context.Clock.UtcNow);
        }
        catch (EpPromoException e)
        {
            // First, because the error may end the whole command.
            run.End();
            await onError(e);
            return run.ToFailed(e, _context.Clock.UtcNow);
        }
        finally
        {
            run.End();
        }
    }
}

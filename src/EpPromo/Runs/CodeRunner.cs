using EpPromo.Api;
using EpPromo.Jobs;

namespace EpPromo.Runs;

/// <summary>
/// Generates an exact number of codes on promotions, in jobs of at most 1000, whatever fails on the way. <see cref="RunSession"/> does the
/// work; this class makes an output object of it.
/// </summary>
internal sealed class CodeRunner
{
    private readonly RunContext _context;

    /// <summary>A runner for the runs of a command.</summary>
    public CodeRunner(RunContext context) => _context = context;

    /// <summary>The state of a run that is about to start.</summary>
    public RunState CreateState(CodeRunRequest request) => new(request, _context.Clock.UtcNow);

    /// <summary>Plans what the run would still take. Only reads.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="requestsPerSecond">The store's rate.</param>
    /// <param name="exports">Whether the codes are exported too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The run was started with other parameters, or a list cannot be read.</exception>
    public async Task<RunPlan> PlanAsync(
        CodeRunRequest request, double requestsPerSecond, bool exports, CancellationToken cancellationToken)
    {
        List<PromotionJob> jobs = [];
        await JobFinder.WalkAsync(
            _context.Api.Jobs,
            request.PromotionId,
            JobTypes.Generate,
            0,
            page =>
            {
                jobs.AddRange(page.Items);

                // Of a run that nobody has started the first page tells enough, unless all codes of the promotion will be read.
                return !request.IsNameGenerated || (exports && request.CodePrefix is null);
            },
            cancellationToken);
        RunPlan plan = RunPlan.For(request, requestsPerSecond, _context.ConsistencyWindow, jobs, exports);
        Page<PromotionCode> codes = await _context.Api.Codes.ListCodesAsync(request.PromotionId, null, 0, cancellationToken);

        // Without a total, what the jobs report is the minimum; to know more, all codes would have to be read.
        bool isKnown = codes.Total is not null || codes.IsLast;
        return plan with
        {
            CodesOnPromotion = codes.Total ?? Math.Max(codes.Items.Count, isKnown ? 0 : jobs.Sum(RunBatch.CountCodes)),
            MayHaveMoreCodes = !isKnown,
        };
    }

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

using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Runs;

/// <summary>
/// Makes exactly so many codes on promotions, in jobs of at most 1000, whatever fails on the way. <see cref="RunSession"/> is how.
/// </summary>
internal sealed class CodeRunner
{
    private readonly StoreApi _api;
    private readonly IClock _clock;
    private readonly JobCreator _creator;
    private readonly JobWaiter _waiter;
    private readonly ConcurrencyLimit _slots;
    private readonly TimeSpan _consistencyWindow;

    /// <summary>A runner through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="creator">Creates the jobs.</param>
    /// <param name="waiter">Waits for them; shared by the runs on all promotions.</param>
    /// <param name="slots">What the runs are made in; a run gives its slot away while it can only wait.</param>
    /// <param name="consistencyWindow">How long lists may lag behind.</param>
    public CodeRunner(
        StoreApi api, IClock clock, JobCreator creator, JobWaiter waiter, ConcurrencyLimit slots, TimeSpan consistencyWindow)
    {
        _api = api;
        _clock = clock;
        _creator = creator;
        _waiter = waiter;
        _slots = slots;
        _consistencyWindow = consistencyWindow;
    }

    /// <summary>Where a run that is about to start stands: at its beginning.</summary>
    public RunState NewState(CodeRunRequest request) => new(request, _clock.UtcNow);

    /// <summary>What the run would take from here on. Only reads.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="requestsPerSecond">The store's rate.</param>
    /// <param name="exports">Whether the codes are exported too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The run was begun with other parameters, or the list cannot be read.</exception>
    public async Task<RunPlan> PlanAsync(
        CodeRunRequest request, double requestsPerSecond, bool exports, CancellationToken cancellationToken)
    {
        List<PromotionJob> known = [];
        await JobFinder.WalkAsync(
            _api.Jobs,
            request.PromotionId,
            JobTypes.Generate,
            0,
            page =>
            {
                known.AddRange(page.Items);

                // Of a run that nobody has begun the first page tells enough, unless all codes of the promotion will be read.
                return !request.IsNameGenerated || (exports && request.CodePrefix is null);
            },
            cancellationToken);
        RunPlan plan = RunPlan.For(request, requestsPerSecond, _consistencyWindow, known, exports);
        Page<PromotionCode> codes = await _api.Codes.ListCodesAsync(request.PromotionId, null, 0, cancellationToken);

        // Where the page does not tell, what the jobs say is the least that can be known without reading all codes.
        bool isTold = codes.Total is not null || codes.IsLast;
        return plan with
        {
            CodesOnPromotion = codes.Total ?? Math.Max(codes.Items.Count, isTold ? 0 : known.Sum(RunBatch.CountedCodes)),
            MayHaveMoreCodes = !isTold,
        };
    }

    /// <summary>
    /// Runs to the end and says how it went; a failure is in the result, with the error in <paramref name="failed"/>. For who holds a
    /// slot.
    /// </summary>
    /// <param name="request">What to make.</param>
    /// <param name="state">Kept up to date, for progress.</param>
    /// <param name="warn">Is told what people should know.</param>
    /// <param name="failed">Is told why the run failed, if it did.</param>
    /// <param name="deliver">
    /// Does with the codes, of which it is told the number, what belongs to the run: the run ends after it. Null for nothing.
    /// </param>
    /// <param name="cancellationToken">Breaks it off; jobs at work go on in the store.</param>
    public async Task<CodeRun> RunAsync(
        CodeRunRequest request,
        RunState state,
        Func<string, Task> warn,
        Func<EpPromoException, Task> failed,
        Func<int, Task>? deliver,
        CancellationToken cancellationToken)
    {
        try
        {
            request.Validate();
            return await SitAsync(request, state, warn, deliver, cancellationToken);
        }
        catch (EpPromoException e)
        {
            // Before it is told, for the error may end everything.
            state.IsEnded = true;
            await failed(e);
            return state.Failed(e, _clock.UtcNow);
        }
        finally
        {
            state.IsEnded = true;
        }
    }

    private async Task<CodeRun> SitAsync(
        CodeRunRequest request, RunState state, Func<string, Task> warn, Func<int, Task>? deliver, CancellationToken cancellationToken)
    {
        // A turn that comes when the time is over is none.
        cancellationToken.ThrowIfCancellationRequested();
        state.Started = _clock.UtcNow;
        RunReader reader = new(_api.Jobs, _clock, _slots, _consistencyWindow, request, state);
        RunSession sitting = new(_api, _clock, _creator, _waiter, request, state, reader);
        await sitting.MakeAllAsync(cancellationToken);
        int generated = await sitting.SettleSurplusAsync(warn, cancellationToken);
        state.Settle(generated);
        if (deliver is not null)
        {
            // In the same slot: an export is work for the store and for this machine, as a batch is.
            state.Activity = "exporting its codes";
            await deliver(generated);
        }

        return state.Ended(_clock.UtcNow);
    }
}

using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Text;

namespace EpPromo.Runs.Execution;

/// <summary>Creates the job of one batch, or waits until one has ended. The run's journal learns the outcome.</summary>
internal sealed class BatchRunner
{
    private readonly RunContext _context;
    private readonly RunState _run;
    private readonly RunJobList _list;
    private readonly ActiveJobWaiter _activeJobs;
    private DateTimeOffset? _blockedSince;

    /// <summary>The batches of <paramref name="run"/>.</summary>
    public BatchRunner(RunContext context, RunState run, RunJobList list)
    {
        _context = context;
        _run = run;
        _list = list;
        _activeJobs = new ActiveJobWaiter(context.Api.Jobs, context.Clock, context.Waiter);
    }

    private CodeRunRequest Request => _run.Request;

    private RunJournal Journal => _run.Journal;

    /// <summary>
    /// Creates the job of the next batch, for as many codes as are missing. If another job blocks it, the run yields to that one instead.
    /// </summary>
    /// <exception cref="EpPromoException">The batch cannot be created, or the run has used up its batch numbers.</exception>
    public async Task CreateNextAsync(CancellationToken cancellationToken)
    {
        _run.Enter(RunPhase.CreatingJob);
        if (Journal.NextNumber > BatchName.HighestNumber(Request.Batches))
        {
            throw new EpPromoException(
                ErrorKind.LimitExceeded, nameof(SR.TooManyJobsInRun),
                Request.Name, Request.PromotionId, Journal.NextNumber - 1, Journal.Generated, Request.Count,
                WildcardText.Escape(Request.Name));
        }

        NewJob batch = NextBatch();
        try
        {
            PromotionJob? created = await _context.Creator.CreateWhileWantedAsync(
                Request.PromotionId, batch, IsStillWantedAsync, cancellationToken);
            if (created is not null)
            {
                Journal.AddCreated(created, batch);
            }

            _blockedSince = null;
        }
        catch (ApiException e) when (e.IsTooManyJobs)
        {
            await YieldToOtherJobAsync(cancellationToken);
        }

        // Callback of the creator, before it sends a lost create again: meanwhile, another runner may have created the batch, and the
        // codes of a second one would have to be deleted. Nobody else knows a generated name.
        async Task<bool> IsStillWantedAsync()
        {
            if (Request.IsNameGenerated)
            {
                return true;
            }

            await _list.ReadAsync(cancellationToken);
            return Journal.ActiveJob is null && Journal.Missing > 0 && NextBatch() == batch;
        }
    }

    /// <summary>Waits until a job of the run has ended. Cancels it as soon as it would generate more codes than are missing.</summary>
    /// <returns>The job as it ended, and whether it was cancelled here.</returns>
    public async Task<(PromotionJob Ended, bool IsCancelled)> WaitForAsync(PromotionJob job, CancellationToken cancellationToken)
    {
        _run.EnterWaitingFor(job);
        PromotionJob ended = await _context.Waiter.WaitWhileAsync(job, IsStillNeeded, cancellationToken);
        bool isSurplus = !ended.IsFinished;
        if (isSurplus)
        {
            await TryCancelAsync(ended, cancellationToken);
            ended = await _context.Waiter.WaitForAsync(ended, cancellationToken);
        }

        _run.JobEnded();
        Journal.Observe([ended]);
        _run.Count(Math.Min(Journal.Generated, Request.Count));
        return (ended, isSurplus);

        // Callback of the waiter: each poll also shows other jobs of the run, and so whether this one was created without knowing them.
        bool IsStillNeeded(IReadOnlyList<PromotionJob> polled)
        {
            Journal.Observe(polled);
            return !Journal.ExceedsMissing(job);
        }
    }

    private NewJob NextBatch() => Request.Batch(Journal.NextNumber, Math.Min(Request.BatchSize, Journal.Missing)) with
    {
        ConsumeUnit = Journal.ConsumeUnit,
    };

    /// <summary>
    /// Waits for the job that blocks the run's own. A job of the same run, created by another runner, only becomes known here; the session
    /// then waits for it as for its own.
    /// </summary>
    private async Task YieldToOtherJobAsync(CancellationToken cancellationToken)
    {
        _run.Enter(RunPhase.WaitingForOtherJob);
        DateTimeOffset since = _blockedSince ??= _context.Clock.UtcNow;
        if (!await _list.ReadAsync(cancellationToken))
        {
            await _context.YieldAsync(_run, WaitAsync, resumesAt: null, cancellationToken);
            await _list.ReadAsync(cancellationToken);
        }

        async Task WaitAsync()
        {
            await _activeJobs.WaitAsync(Request.PromotionId, cancellationToken);

            // The list may not show the blocking job yet, so there may have been nothing to wait for.
            await _context.Clock.DelayAsync(PollSchedule.GrowingDelay(_context.Clock.UtcNow - since), cancellationToken);
        }
    }

    private async Task TryCancelAsync(PromotionJob job, CancellationToken cancellationToken)
    {
        try
        {
            await new JobCanceller(_context.Api.Jobs, _context.Clock).CancelAsync(job.PromotionId, job.JobId, cancellationToken);
        }
        catch (EpPromoException)
        {
            // It may have ended before. The wait for it shows how it ends, and its codes count if it has generated some.
        }
    }
}

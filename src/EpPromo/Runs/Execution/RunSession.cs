namespace EpPromo.Runs.Execution;

/// <summary>
/// One session of a run on one promotion: decides what is next until the promotion has the requested codes. A session can be
/// interrupted at any moment, resumed on any machine, and run beside another one, because all that it knows is in the store's job list
/// (<see cref="RunJournal"/>). docs/guarantees.md, "Any number of codes, exactly", says what this rests on.
/// </summary>
internal sealed class RunSession
{
    private readonly RunContext _context;
    private readonly RunState _run;
    private readonly RunJobList _list;
    private readonly BatchRunner _batches;
    private readonly RunAbortPolicy _abortPolicy;
    private readonly SurplusHandler _surplus;
    private DateTimeOffset _lastChange;

    /// <summary>A session of <paramref name="run"/>.</summary>
    /// <param name="context">What the runs share.</param>
    /// <param name="run">The run.</param>
    /// <param name="onWarning">Callback: receives what the user should know.</param>
    public RunSession(RunContext context, RunState run, Func<string, Task> onWarning)
    {
        _context = context;
        _run = run;
        _list = new RunJobList(context, run);
        _batches = new BatchRunner(context, run, _list);
        _abortPolicy = new RunAbortPolicy(run, _list);
        _surplus = new SurplusHandler(context, run, _list, onWarning);
    }

    private CodeRunRequest Request => _run.Request;

    private RunJournal Journal => _run.Journal;

    /// <summary>Generates the missing codes and handles the surplus.</summary>
    /// <returns>How many codes the run has.</returns>
    /// <exception cref="EpPromoException">The run cannot be completed.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (Request.IsNameGenerated || !await FindCompleteAsync(cancellationToken))
        {
            await GenerateMissingAsync(cancellationToken);
        }

        while (true)
        {
            if (await _surplus.TryHandleAsync(cancellationToken) is { } finalCount)
            {
                return finalCount;
            }

            await GenerateMissingAsync(cancellationToken);
        }
    }

    /// <summary>Reads what earlier sessions and other runners have done.</summary>
    /// <returns>Whether the run has been complete for so long that no final check is needed.</returns>
    private async Task<bool> FindCompleteAsync(CancellationToken cancellationToken)
    {
        _run.Enter(RunPhase.FindingJobs);
        DateTimeOffset readAt = _context.Clock.UtcNow;
        await _list.ReadAsync(cancellationToken);
        await _list.EnsureSameCountAsync(cancellationToken);
        _run.CountExisting(Math.Min(Journal.Generated, Request.Count));
        return Journal.IsComplete && RunFinality.IsFinal(_context, Journal.LastChange, readAt);
    }

    private async Task GenerateMissingAsync(CancellationToken cancellationToken)
    {
        _lastChange = _context.Clock.UtcNow;
        while (true)
        {
            if (Journal.ActiveJob is { } active)
            {
                await FinishBatchAsync(active, cancellationToken);
            }
            else if (Journal.UncountedJob is not null)
            {
                await WaitForCountAsync(cancellationToken);
            }
            else if (Journal.Missing > 0 && Journal.HasGaps)
            {
                await WaitForGapsAsync(cancellationToken);
            }
            else if (Journal.Missing > 0)
            {
                await _batches.CreateNextAsync(cancellationToken);
            }
            else if (IsCertain() || await VerifyCompleteAsync(cancellationToken))
            {
                return;
            }

            // Until this change could be seen, other runners may have sent creates.
            _lastChange = _context.Clock.UtcNow;
        }

        // Nobody else knows a generated name, so only a count that is still to be reported can change.
        bool IsCertain() => Request.IsNameGenerated && !Journal.IsCountAssumed;
    }

    /// <summary>Waits for a job of the run, and gives up the run if its batches keep generating nothing.</summary>
    private async Task FinishBatchAsync(PromotionJob active, CancellationToken cancellationToken)
    {
        int before = Journal.Generated;
        (PromotionJob ended, bool isCancelled) = await _batches.WaitForAsync(active, cancellationToken);
        await _abortPolicy.ApplyAsync(ended, isCancelled, Journal.Generated > before, _lastChange, cancellationToken);
        if (Journal.Missing > 0 && await _context.TakeTurnAsync(_run, cancellationToken) && !Request.IsNameGenerated)
        {
            // Meanwhile another runner may have generated what was missing.
            await _list.ReadAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Waits until a completed job reports how many codes it generated: without that, nobody knows how many are missing or surplus.
    /// </summary>
    private async Task WaitForCountAsync(CancellationToken cancellationToken)
    {
        _run.Enter(RunPhase.WaitingForCount);
        await _list.ReadWhenConsistentAsync(_context.Clock.UtcNow, cancellationToken);
        if (Journal.UncountedJob is { } job)
        {
            throw new EpPromoException(
                ErrorKind.Uncertain, nameof(SR.CodeCountUnknown),
                Request.Name, Request.PromotionId, job.JobId, Journal.Generated, Request.Count);
        }
    }

    /// <summary>
    /// Waits until the list must show the jobs whose batch numbers are missing. Numbers that are still missing then were never used.
    /// </summary>
    private async Task WaitForGapsAsync(CancellationToken cancellationToken)
    {
        _run.Enter(RunPhase.WaitingForMissingJobs);
        await _list.ReadWhenConsistentAsync(_context.Clock.UtcNow, cancellationToken);
        Journal.ConfirmGaps();
    }

    /// <summary>
    /// The final check. Another runner, or one that was killed before it received a response, can have created jobs that the list does not
    /// show yet, and a job may report its count late. So the list is read again when it must show all that was sent before this session
    /// saw the last change. Of all runners, the one with the latest create or start then knows all jobs.
    /// </summary>
    /// <returns>Whether the list showed nothing new.</returns>
    private async Task<bool> VerifyCompleteAsync(CancellationToken cancellationToken)
    {
        _run.Enter(RunPhase.VerifyingComplete);
        return !await _list.ReadWhenConsistentAsync(_lastChange, cancellationToken);
    }
}

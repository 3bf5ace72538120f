using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.Runs.Execution;

/// <summary>
/// Reads the job list of a run's promotion into the run's journal: at once, or as soon as the list must show all that has happened.
/// The waits are those of docs/guarantees.md, "Any number of codes, exactly".
/// </summary>
internal sealed class RunJobList
{
    private readonly RunContext _context;
    private readonly RunState _run;

    /// <summary>The job list of the promotion of <paramref name="run"/>.</summary>
    public RunJobList(RunContext context, RunState run)
    {
        _context = context;
        _run = run;
    }

    /// <summary>Reads the whole list, as it is now.</summary>
    /// <returns>Whether it showed anything new.</returns>
    /// <exception cref="EpPromoException">The run was started with other parameters, or the list cannot be read.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        bool isNew = false;

        // Page after page (JobFinder): if a job were missing, codes that it has generated would be generated again.
        await JobFinder.WalkAsync(
            _context.Api.Jobs,
            _run.Request.PromotionId,
            JobTypes.Generate,
            0,
            page =>
            {
                isNew |= _run.Journal.Observe(page.Items);
                return true;
            },
            cancellationToken);
        RunDifferences.ThrowIfAny(_run.Request, _run.Journal.FindParameterDifferences());
        return isNew;
    }

    /// <summary>
    /// Reads the whole list as soon as it must show all that had happened by <paramref name="instant"/>: one consistency window later.
    /// Until then, the run yields.
    /// </summary>
    /// <returns>Whether it showed anything new.</returns>
    /// <exception cref="EpPromoException">As for <see cref="ReadAsync"/>.</exception>
    public async Task<bool> ReadWhenConsistentAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _context.Clock.UtcNow;
        TimeSpan delay = instant + _context.ConsistencyWindow - now;
        if (delay > TimeSpan.Zero)
        {
            await _context.YieldAsync(_run, () => _context.Clock.DelayAsync(delay, cancellationToken), now + delay, cancellationToken);
        }

        return await ReadAsync(cancellationToken);
    }

    /// <summary>
    /// Makes sure that the run was started with the same count. With a smaller one, codes of the first run would be deleted.
    /// </summary>
    /// <exception cref="EpPromoException">The count differs.</exception>
    public async Task EnsureSameCountAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset complete = _context.Api.Jobs.ServerTime - _context.ConsistencyWindow - ServerClock.Tolerance;
        RunDifferences.ThrowIfAny(_run.Request, _run.Journal.FindCertainCountDifference(complete));
        if (_run.Journal.FindCountDifference().Length > 0)
        {
            // The list may not show all jobs yet, and the missing ones may explain the difference.
            await ReadWhenConsistentAsync(_context.Clock.UtcNow, cancellationToken);
            RunDifferences.ThrowIfAny(_run.Request, _run.Journal.FindCountDifference());
        }
    }
}

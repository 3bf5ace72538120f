using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.Runs;

/// <summary>Reads the job list of a promotion into a run's journal, at once or when it must show all that has happened.</summary>
internal sealed class RunReader
{
    /// <summary>
    /// How long after it has seen that codes are missing a runner may still be sending: it may be turned away with 429 for two minutes
    /// first, and each request may take its time (docs/guarantees.md).
    /// </summary>
    private static readonly TimeSpan LongestSend = TimeSpan.FromMinutes(5);

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly ConcurrencyLimit _slots;
    private readonly TimeSpan _consistencyWindow;
    private readonly CodeRunRequest _request;
    private readonly RunState _state;
    private readonly RunJournal _journal;

    public RunReader(
        IJobApi api, IClock clock, ConcurrencyLimit slots, TimeSpan consistencyWindow, CodeRunRequest request, RunState state)
    {
        _api = api;
        _clock = clock;
        _slots = slots;
        _consistencyWindow = consistencyWindow;
        _request = request;
        _state = state;
        _journal = state.Journal;
    }

    /// <summary>Reads the whole list. Returns whether it showed anything new.</summary>
    /// <exception cref="EpPromoException">The run was begun with other parameters.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        bool isNew = false;
        await JobFinder.WalkAsync(
            _api,
            _request.PromotionId,
            JobTypes.Generate,
            0,
            page =>
            {
                isNew |= _journal.Add(page.Items);
                return true;
            },
            cancellationToken);
        RunDifferences.ThrowIfAny(_request, _journal.Differences());
        return isNew;
    }

    /// <summary>Reads the list when it must show all that had happened by <paramref name="instant"/>.</summary>
    public async Task<bool> ReadAfterLagAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await PauseAsync(instant + _consistencyWindow - _clock.UtcNow, cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    /// <summary>Makes sure that the run was begun with the same count: with a smaller one its codes would be deleted.</summary>
    public async Task CheckCountAsync(CancellationToken cancellationToken)
    {
        RunDifferences.ThrowIfAny(
            _request, _journal.CertainCountDifference(_api.ServerTime - _consistencyWindow - JobMatch.ClockTolerance));
        if (_journal.CountDifference().Length > 0)
        {
            // Perhaps it only seems so, because the list does not show all jobs yet.
            await ReadAfterLagAsync(_clock.UtcNow, cancellationToken);
            RunDifferences.ThrowIfAny(_request, _journal.CountDifference());
        }
    }

    /// <summary>
    /// Whether no other runner can have sent anything, after the last of the jobs had changed, that a list read at
    /// <paramref name="instant"/> does not show. Until a window after that change, a list could tell another runner that codes were missing;
    /// what it sent then shows another window later.
    /// </summary>
    /// <param name="lastNews">When the last of the jobs changed, by the server's clock, or null.</param>
    /// <param name="instant">When the reading of the list began, by this machine's clock.</param>
    public bool IsLongPast(DateTimeOffset? lastNews, DateTimeOffset instant)
    {
        DateTimeOffset read = _api.ServerTime - (_clock.UtcNow - instant);
        return lastNews + _consistencyWindow + LongestSend + _consistencyWindow + JobMatch.ClockTolerance <= read;
    }

    /// <summary>Lets another promotion have the slot while there is nothing to do here but wait.</summary>
    public async Task RestAsync(Func<Task> wait, CancellationToken cancellationToken)
    {
        _state.IsResting = true;
        await _slots.WithoutAsync(wait);

        // The slot may come long after the rest is over.
        cancellationToken.ThrowIfCancellationRequested();
        _state.IsResting = false;
    }

    private async Task PauseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (time > TimeSpan.Zero)
        {
            _state.PausesUntil = _clock.UtcNow + time;
            await RestAsync(() => _clock.DelayAsync(time, cancellationToken), cancellationToken);
            _state.PausesUntil = null;
        }
    }
}

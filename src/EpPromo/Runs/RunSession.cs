using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Stores;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Runs;

/// <summary>
/// One sitting of a run on one promotion. It can be broken off at any moment and gone on with from anywhere, also beside another one:
/// <see cref="RunJournal"/> knows what is there. docs/guarantees.md says what this rests on.
/// </summary>
internal sealed class RunSession
{
    /// <summary>Batches in a row that bring no code before the run gives up.</summary>
    private const int MaxFruitless = 3;

    private readonly StoreApi _api;
    private readonly IClock _clock;
    private readonly JobCreator _creator;
    private readonly JobWaiter _waiter;
    private readonly CodeRunRequest _request;
    private readonly RunJournal _journal;
    private readonly RunState _state;
    private readonly RunReader _reader;
    private DateTimeOffset _lastNews;
    private DateTimeOffset? _inTheWaySince;
    private int _fruitless;

    public RunSession(
        StoreApi api,
        IClock clock,
        JobCreator creator,
        JobWaiter waiter,
        CodeRunRequest request,
        RunState state,
        RunReader reader)
    {
        _api = api;
        _clock = clock;
        _creator = creator;
        _waiter = waiter;
        _request = request;
        _journal = state.Journal;
        _state = state;
        _reader = reader;
    }

    /// <summary>Works until nothing is missing, by the best that can be known.</summary>
    public async Task MakeAllAsync(CancellationToken cancellationToken)
    {
        if (!_request.IsNameGenerated)
        {
            _state.Activity = "looking for earlier jobs of the run";
            DateTimeOffset began = _clock.UtcNow;
            await _reader.ReadAsync(cancellationToken);
            await _reader.CheckCountAsync(cancellationToken);
            _state.FoundAtStart = _state.Generated = Math.Min(_journal.Generated, _request.Count);
            if (_journal.IsDone && _reader.IsLongPast(_journal.LastNews, began))
            {
                return;
            }
        }

        await MakeMissingAsync(cancellationToken);
    }

    /// <summary>Deletes what is too many, now that nothing is missing.</summary>
    /// <returns>How many codes the run has then.</returns>
    public async Task<int> SettleSurplusAsync(Func<string, Task> warn, CancellationToken cancellationToken)
    {
        while (_journal.Surplus().Count > 0 && !_request.KeepSurplus)
        {
            await _reader.CheckCountAsync(cancellationToken);
            _state.Activity = "deleting codes that are too many";

            // Only the whole list of codes tells whether some of others are among those that look like a job's own. While it is given
            // its time, a job can show that nobody has heard of: which codes are too many is decided when there is no such one.
            if (await _reader.ReadAfterLagAsync(_clock.UtcNow, cancellationToken))
            {
                await MakeMissingAsync(cancellationToken);
                continue;
            }

            int removed = await new SurplusRemover(_api.Codes, _request, _journal).RemoveAsync(cancellationToken);
            if (removed > 0)
            {
                await TellAsync(SR.WarningSurplusRemoved, removed);
            }

            return _request.Count;
        }

        if (TooMany(isKnown: true) is > 0 and int kept)
        {
            await TellAsync(SR.WarningSurplusKept, kept);
        }

        if (TooMany(isKnown: false) is > 0 and int mayStay)
        {
            await TellAsync(SR.WarningSurplusPossible, mayStay);
        }

        // What a failed job has left is there now, but the store may take it back, and it is in no file.
        return _journal.Generated;

        int TooMany(bool isKnown) => _journal.Surplus().Where(surplus => surplus.IsKnown == isKnown).Sum(surplus => surplus.TooMany);

        Task TellAsync(string note, int codes) =>
            warn(MessageText.Of(note, _request.PromotionId, _request.Name, codes));
    }

    private async Task MakeMissingAsync(CancellationToken cancellationToken)
    {
        _lastNews = _clock.UtcNow;
        while (true)
        {
            if (_journal.Active is { } active)
            {
                await FinishAsync(active, cancellationToken);
            }
            else if (_journal.Uncounted is not null)
            {
                await CountAsync(cancellationToken);
            }
            else if (_journal.Missing > 0 && _journal.HasGaps)
            {
                _state.Activity = "waiting for the list to show all jobs of the run";
                await _reader.ReadAfterLagAsync(_clock.UtcNow, cancellationToken);
                _journal.AcceptGaps();
            }
            else if (_journal.Missing > 0)
            {
                await CreateAsync(cancellationToken);
            }
            else if ((_request.IsNameGenerated && !_journal.IsCountAssumed) || !await FindUnknownAsync(cancellationToken))
            {
                return;
            }

            // Whoever else is at work on the run may have sent a create until this was there to be seen.
            _lastNews = _clock.UtcNow;
        }
    }

    /// <summary>Waits for a number that a completed job lacks: without it nobody knows how many codes are missing, or too many.</summary>
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        _state.Activity = "waiting for the list to say how many codes a job made";
        await _reader.ReadAfterLagAsync(_clock.UtcNow, cancellationToken);
        if (_journal.Uncounted is { } job)
        {
            throw new EpPromoException(
                ErrorKind.Uncertain, nameof(SR.CodeCountUnknown),
                _request.Name, _request.PromotionId, job.JobId, _journal.Generated, _request.Count);
        }
    }

    /// <summary>Creates the next batch: as much as is still missing. When another job is in the way, gives way to it.</summary>
    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        _state.Activity = RunState.Creating;
        if (_journal.NextNumber > BatchName.HighestNumber(_request.Batches))
        {
            throw new EpPromoException(
                ErrorKind.LimitExceeded, nameof(SR.TooManyJobsInRun),
                _request.Name, _request.PromotionId, _journal.NextNumber - 1, _journal.Generated, _request.Count, WildcardText.Escape(_request.Name));
        }

        NewJob batch = NextBatch();
        try
        {
            if (await _creator.CreateWhileWantedAsync(_request.PromotionId, batch, IsWantedAsync, cancellationToken) is { } made)
            {
                _journal.AddCreated(made, batch);
            }

            _inTheWaySince = null;
        }
        catch (ApiException e) when (e.IsTooManyJobs)
        {
            await GiveWayAsync(cancellationToken);
        }

        NewJob NextBatch() => _request.Batch(_journal.NextNumber, Math.Min(_request.BatchSize, _journal.Missing));

        // Nobody but this runner knows of a run whose name is new. While another one's create was looked for, others may have made it:
        // then sending it again would only make codes that have to be deleted.
        async Task<bool> IsWantedAsync()
        {
            if (_request.IsNameGenerated)
            {
                return true;
            }

            await _reader.ReadAsync(cancellationToken);
            return _journal.Active is null && _journal.Missing > 0 && NextBatch() == batch;
        }
    }

    /// <summary>Learns of another runner's job, which is then finished as one's own; waits for a job that is none of the run's.</summary>
    private async Task GiveWayAsync(CancellationToken cancellationToken)
    {
        _state.Activity = "waiting for another job of the promotion";
        DateTimeOffset since = _inTheWaySince ??= _clock.UtcNow;
        if (!await _reader.ReadAsync(cancellationToken))
        {
            await _reader.RestAsync(
                async () =>
                {
                    await _creator.WaitForActiveJobsAsync(_request.PromotionId, _waiter, cancellationToken);

                    // The list may not show yet what is in the way, so there may have been nothing to wait for.
                    await _clock.DelayAsync(PollSchedule.NextDelay(_clock.UtcNow - since, null), cancellationToken);
                },
                cancellationToken);
            await _reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>Waits for a job of the run to end; cancels it when its codes are not needed.</summary>
    private async Task FinishAsync(PromotionJob active, CancellationToken cancellationToken)
    {
        int before = _journal.Generated;
        _state.Activity = active.Name;
        _state.ActiveJob = active;
        PromotionJob ended = await _waiter.WaitWhileAsync(active, LookOn, cancellationToken);
        bool cancelled = !ended.IsFinished;
        if (cancelled)
        {
            await TryCancelAsync(ended, cancellationToken);
            ended = await _waiter.WaitForAsync(ended, cancellationToken);
        }

        _state.ActiveJob = null;
        _journal.Add([ended]);
        _state.Generated = Math.Min(_journal.Generated, _request.Count);
        _fruitless = _journal.Generated > before ? 0 : cancelled ? _fruitless : _fruitless + 1;
        if (_fruitless > 0)
        {
            await StopWhenHopelessAsync(ended, cancellationToken);
        }

        // Each look at the job shows the others as well, and with them whether this one was created by who did not know of them.
        bool LookOn(IReadOnlyList<PromotionJob> seen)
        {
            _journal.Add(seen);
            return !_journal.IsTooMuch(active);
        }
    }

    private async Task TryCancelAsync(PromotionJob needless, CancellationToken cancellationToken)
    {
        try
        {
            await new JobCanceller(_api.Jobs, _clock).CancelAsync(needless.PromotionId, needless.JobId, cancellationToken);
        }
        catch (EpPromoException)
        {
            // It may have ended before. However it ends, the wait for it tells, and its codes count when it made some.
        }
    }

    private async Task StopWhenHopelessAsync(PromotionJob ended, CancellationToken cancellationToken)
    {
        bool isQuota = JobEndedException.IsQuotaFailure(ended);
        bool isHopeless = isQuota || _fruitless >= MaxFruitless;

        // Perhaps another runner has made the codes: it cancels a job when they make it needless, and they take their part of a quota.
        await (isHopeless && !_request.IsNameGenerated
            ? _reader.ReadAfterLagAsync(_lastNews, cancellationToken)
            : _reader.ReadAsync(cancellationToken));
        if (!isHopeless || _journal.Missing <= 0 || _journal.Active is not null)
        {
            return;
        }

        throw isQuota
            ? new EpPromoException(
                ErrorKind.LimitExceeded, nameof(SR.CodesLimitExceeded),
                _request.PromotionId, ended.Error, _journal.Generated, _request.Count)
            : new EpPromoException(
                ErrorKind.JobEnded, nameof(SR.TooManyEmptyBatches),
                _request.PromotionId, _journal.Generated, _request.Count, MaxFruitless, ended.Error ?? ended.Status, WildcardText.Escape(_request.Name),
                _request.Name);
    }

    /// <summary>
    /// Nothing is missing any more. Another runner of the same name, or one that was killed before it heard an answer, can have made
    /// jobs that the list does not show yet, and a job may only tell later how many codes it made: the list is read again when it must
    /// show everything that was sent before this sitting saw the last code made. Of all runners, the one with the latest create or
    /// start then knows all jobs.
    /// </summary>
    private Task<bool> FindUnknownAsync(CancellationToken cancellationToken)
    {
        _state.Activity = "making sure that no other runner made codes for this run";
        return _reader.ReadAfterLagAsync(_lastNews, cancellationToken);
    }
}

namespace EpPromo;

/// <summary>
/// Makes exactly so many codes on a promotion, in jobs of at most 1000, whatever fails on the way. It can be broken off at any
/// moment and gone on with from anywhere: <see cref="RunJournal"/> knows what is there. docs/guarantees.md says what this rests on.
/// </summary>
public sealed class CodeRunner
{
    /// <summary>Batches in a row that bring no code before the run gives up.</summary>
    private const int MaxFruitless = 3;

    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly JobCreator _creator;
    private readonly JobWaiter _waiter;
    private readonly RunSlots _slots;
    private readonly TimeSpan _consistencyWindow;

    /// <summary>A runner through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="creator">Creates the jobs.</param>
    /// <param name="waiter">Waits for them; shared by the runs on all promotions.</param>
    /// <param name="slots">How many promotions are worked on at once; shared as well.</param>
    /// <param name="consistencyWindow">How long the job list may lag behind.</param>
    public CodeRunner(
        IPromotionApi api, IClock clock, JobCreator creator, JobWaiter waiter, RunSlots slots, TimeSpan consistencyWindow)
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

    /// <summary>Runs to the end and says how it went; a failure is in the result, with the error in <paramref name="failed"/>.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="state">Kept up to date, for progress.</param>
    /// <param name="warn">Is told what people should know.</param>
    /// <param name="failed">Is told why the run failed, if it did.</param>
    /// <param name="cancellationToken">Breaks it off; jobs at work go on in the store.</param>
    public async Task<CodeRun> RunAsync(
        CodeRunRequest request, RunState state, Action<string> warn, Action<EpPromoException> failed, CancellationToken cancellationToken)
    {
        RunJournal journal = new(request);
        int removed = 0;
        EpPromoException? error = null;
        try
        {
            request.Validate();
            await _slots.EnterAsync(cancellationToken);
            try
            {
                state.Activity = "starting";
                await MakeAllAsync(request, journal, state, cancellationToken);
                removed = await SettleSurplusAsync(request, journal, warn, cancellationToken);
            }
            finally
            {
                _slots.Leave();
            }
        }
        catch (EpPromoException e)
        {
            error = e;
            failed(e);
        }
        finally
        {
            state.IsEnded = true;
        }

        state.Jobs = journal.Productive;

        return new CodeRun
        {
            PromotionId = request.PromotionId,
            Name = request.Name,
            Requested = request.Count,
            Generated = journal.Generated - removed,
            Jobs = journal.Jobs,
            Retried = journal.Retried,
            Status = error is null ? JobStatuses.Completed : JobStatuses.Failed,
            Started = state.Started,
            Finished = _clock.UtcNow,
            Error = error?.Message,
        };
    }

    private async Task MakeAllAsync(CodeRunRequest request, RunJournal journal, RunState state, CancellationToken cancellationToken)
    {
        DateTimeOffset lastCreate = _clock.UtcNow;
        if (!request.NameIsNew)
        {
            state.Activity = "looking for earlier jobs of the run";
            await ReadAsync(request, journal, cancellationToken);
            state.FoundAtStart = state.Generated = journal.Generated;
        }

        int fruitless = 0;
        while (true)
        {
            if (journal.Active is { } active)
            {
                state.Activity = active.Name;
                state.ActiveJob = active;
                PromotionJob ended = await FinishAsync(journal, active, cancellationToken);
                state.ActiveJob = null;
                fruitless = RunJournal.CountedCodes(ended) > 0 ? 0 : fruitless + 1;
                state.Generated = Math.Min(journal.Generated, request.Count);
                StopWhenHopeless(request, journal, ended, fruitless);
            }
            else if (journal.Missing > 0)
            {
                state.Activity = "creating a job";
                await CreateAsync(request, journal, cancellationToken);
                lastCreate = _clock.UtcNow;
            }
            else if (request.NameIsNew || !await FindUnknownAsync(request, journal, state, lastCreate, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Creates the next batch. When another job is in the way, the run's own knowledge is brought up to date instead.</summary>
    private async Task CreateAsync(CodeRunRequest request, RunJournal journal, CancellationToken cancellationToken)
    {
        NewJob batch = request.Batch(journal.NextNumber, Math.Min(request.BatchSize, journal.Missing));
        try
        {
            journal.Add([await _creator.CreateAsync(request.PromotionId, batch, cancellationToken)]);
        }
        catch (ApiException e) when (e.IsTooManyJobs)
        {
            await _creator.WaitForActiveJobsAsync(request.PromotionId, _waiter, cancellationToken);
            await ReadAsync(request, journal, cancellationToken);
        }
    }

    /// <summary>Waits for a job of the run to end; cancels it when it repeats another one's batch.</summary>
    private async Task<PromotionJob> FinishAsync(RunJournal journal, PromotionJob active, CancellationToken cancellationToken)
    {
        if (journal.IsLaterTwin(active))
        {
            try
            {
                await new JobCanceller(_api, _clock).CancelAsync(active.PromotionId, active.JobId, cancellationToken);
            }
            catch (ApiException)
            {
                // It ended before it could be cancelled: then its codes count, and what is missing shrinks.
            }
        }

        PromotionJob ended = await _waiter.WaitForAsync(active, cancellationToken);
        journal.Add([ended]);
        return ended;
    }

    private static void StopWhenHopeless(CodeRunRequest request, RunJournal journal, PromotionJob ended, int fruitless)
    {
        if (JobEndedException.IsQuotaFailure(ended))
        {
            throw new EpPromoException(
                ErrorKind.LimitExceeded, nameof(SR.CodesLimitExceeded), request.PromotionId, ended.Error, journal.Generated, request.Count);
        }

        if (fruitless >= MaxFruitless)
        {
            throw new EpPromoException(
                ErrorKind.JobEnded, nameof(SR.RunGivesUp), request.PromotionId, journal.Generated, request.Count, MaxFruitless,
                ended.Error ?? ended.Status, request.Name);
        }
    }

    /// <summary>
    /// Nothing is missing any more. Another runner of the same name, or one that was killed before it heard an answer, can have made
    /// jobs that the list does not show yet: it is read again when it must show everything.
    /// </summary>
    private async Task<bool> FindUnknownAsync(
        CodeRunRequest request, RunJournal journal, RunState state, DateTimeOffset lastCreate, CancellationToken cancellationToken)
    {
        state.Activity = "making sure that no other runner made codes for this run";
        TimeSpan left = lastCreate + _consistencyWindow - _clock.UtcNow;
        if (left > TimeSpan.Zero)
        {
            await _slots.WithoutAsync(() => _clock.DelayAsync(left, cancellationToken));
        }

        return await ReadAsync(request, journal, cancellationToken);
    }

    private async Task<int> SettleSurplusAsync(
        CodeRunRequest request, RunJournal journal, Action<string> warn, CancellationToken cancellationToken)
    {
        int surplus = -journal.Missing;
        if (surplus <= 0)
        {
            return 0;
        }

        if (request.KeepSurplus)
        {
            warn(Text(SR.NoteSurplusKept, request, surplus));
            return 0;
        }

        int removed = await new SurplusRemover(_api).RemoveAsync(journal, cancellationToken);
        warn(Text(SR.NoteSurplusRemoved, request, removed));
        return removed;
    }

    private static string Text(string format, CodeRunRequest request, int codes) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, format, request.PromotionId, request.Name, codes);

    /// <summary>Reads the whole list into the journal. Returns whether it showed anything new.</summary>
    private async Task<bool> ReadAsync(CodeRunRequest request, RunJournal journal, CancellationToken cancellationToken)
    {
        bool isNew = false;
        await Paging.WalkAsync(
            0,
            offset => _api.ListJobsAsync(request.PromotionId, JobTypes.Generate, offset, cancellationToken),
            page =>
            {
                isNew |= journal.Add(page.Items);
                return true;
            });
        string differences = journal.Differences();
        return differences.Length == 0
            ? isNew
            : throw new EpPromoException(ErrorKind.BadInput, nameof(SR.RunDiffers), request.Name, request.PromotionId, differences);
    }
}

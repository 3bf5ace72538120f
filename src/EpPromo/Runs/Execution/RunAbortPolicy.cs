using EpPromo.Text;

namespace EpPromo.Runs.Execution;

/// <summary>Decides when a run gives up: when its promotion has reached its quota, or when batches keep generating nothing.</summary>
internal sealed class RunAbortPolicy
{
    /// <summary>How many batches in a row may generate no codes before the run gives up.</summary>
    private const int MaxEmptyBatches = 3;

    private readonly RunState _run;
    private readonly RunJobList _list;
    private int _emptyBatches;

    /// <summary>The policy for <paramref name="run"/>.</summary>
    public RunAbortPolicy(RunState run, RunJobList list)
    {
        _run = run;
        _list = list;
    }

    private CodeRunRequest Request => _run.Request;

    private RunJournal Journal => _run.Journal;

    /// <summary>Takes a batch that has ended into account, and throws if further batches would not do better.</summary>
    /// <param name="ended">The batch's job.</param>
    /// <param name="isCancelled">Whether the run has cancelled it itself, because its codes were not needed.</param>
    /// <param name="hasNewCodes">Whether the run has more codes than before the batch.</param>
    /// <param name="lastChange">When the session last saw the run change.</param>
    /// <param name="cancellationToken">Interrupts the run.</param>
    /// <exception cref="EpPromoException">The run gives up.</exception>
    public async Task ApplyAsync(
        PromotionJob ended, bool isCancelled, bool hasNewCodes, DateTimeOffset lastChange, CancellationToken cancellationToken)
    {
        if (hasNewCodes)
        {
            _emptyBatches = 0;
        }
        else if (!isCancelled)
        {
            _emptyBatches++;
        }

        if (_emptyBatches > 0)
        {
            await ThrowIfHopelessAsync(ended, lastChange, cancellationToken);
        }
    }

    private async Task ThrowIfHopelessAsync(PromotionJob ended, DateTimeOffset lastChange, CancellationToken cancellationToken)
    {
        _run.Enter(RunPhase.CheckingEmptyBatches);
        bool isQuota = JobEndedException.IsQuotaFailure(ended);
        bool isHopeless = isQuota || _emptyBatches >= MaxEmptyBatches;

        // Another runner may have generated the codes: it cancels jobs that it makes superfluous, and its codes count towards the quota.
        await (isHopeless && !Request.IsNameGenerated
            ? _list.ReadWhenConsistentAsync(lastChange, cancellationToken)
            : _list.ReadAsync(cancellationToken));
        if (!isHopeless || Journal.Missing <= 0 || Journal.ActiveJob is not null)
        {
            return;
        }

        throw isQuota
            ? new EpPromoException(
                ErrorKind.LimitExceeded, nameof(SR.CodesLimitExceeded),
                Request.PromotionId, ended.Error, Journal.Generated, Request.Count)
            : new EpPromoException(
                ErrorKind.JobEnded, nameof(SR.TooManyEmptyBatches),
                Request.PromotionId, Journal.Generated, Request.Count, MaxEmptyBatches, ended.Error ?? ended.Status,
                WildcardText.Escape(Request.Name), Request.Name);
    }
}

using EpPromo.Text;

namespace EpPromo.Runs.Execution;

/// <summary>Handles the codes beyond the requested count when none are missing: deletes them, or reports that they stay.</summary>
internal sealed class SurplusHandler
{
    private readonly RunContext _context;
    private readonly RunState _run;
    private readonly RunJobList _list;
    private readonly Func<string, Task> _onWarning;

    /// <summary>The surplus of <paramref name="run"/>.</summary>
    /// <param name="context">What the runs share.</param>
    /// <param name="run">The run.</param>
    /// <param name="list">The job list of its promotion.</param>
    /// <param name="onWarning">Callback: receives what the user should know of deleted or kept codes.</param>
    public SurplusHandler(RunContext context, RunState run, RunJobList list, Func<string, Task> onWarning)
    {
        _context = context;
        _run = run;
        _list = list;
        _onWarning = onWarning;
    }

    /// <summary>Deletes the surplus, or warns of it if it is kept, unless the job list shows that more is to be done first.</summary>
    /// <returns>How many codes the run has then; null if the list has shown something new and nothing was deleted.</returns>
    /// <exception cref="EpPromoException">
    /// The surplus cannot be distinguished from other codes, or the run was started with another count.
    /// </exception>
    public async Task<int?> TryHandleAsync(CancellationToken cancellationToken)
    {
        if (_run.Request.KeepSurplus || _run.Journal.FindSurplus().Count == 0)
        {
            await WarnOfKeptCodesAsync();

            // Codes that failed jobs have left are not in this number: the store may still delete them, and they are in no file.
            return _run.Journal.Generated;
        }

        await _list.EnsureSameCountAsync(cancellationToken);
        _run.Enter(RunPhase.DeletingSurplus);

        // Only a complete list of codes shows whether codes of others match a job. Until it is complete, another runner's job can
        // appear; which codes are surplus must be decided when all jobs are known (docs/guarantees.md, "Surplus codes").
        if (await _list.ReadWhenConsistentAsync(_context.Clock.UtcNow, cancellationToken))
        {
            return null;
        }

        int deleted = await new SurplusRemover(_context.Api.Codes, _context.Remover, _run.Request, _run.Journal).RemoveAsync(cancellationToken);
        if (deleted > 0)
        {
            await WarnAsync(SR.WarningSurplusRemoved, deleted);
        }

        return _run.Request.Count;
    }

    private async Task WarnOfKeptCodesAsync()
    {
        if (Sum(isExact: true) is > 0 and int kept)
        {
            await WarnAsync(SR.WarningSurplusKept, kept);
        }

        if (Sum(isExact: false) is > 0 and int possible)
        {
            await WarnAsync(SR.WarningSurplusPossible, possible);
        }

        int Sum(bool isExact) => _run.Journal.FindSurplus().Where(group => group.IsExact == isExact).Sum(group => group.SurplusCodes);
    }

    private Task WarnAsync(string message, int codes) =>
        _onWarning(MessageText.Of(message, _run.Request.PromotionId, _run.Request.Name, codes));
}

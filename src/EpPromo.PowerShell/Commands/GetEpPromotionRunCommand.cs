using System.Management.Automation;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;
using EpPromo.Runs.Finding;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotionRun: returns the runs of a store, the newest first. The names of their jobs are the only record of them.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotionRun")]
[OutputType(typeof(PromotionRun))]
public sealed class GetEpPromotionRunCommand : RunListCmdlet
{
    private readonly List<CodeRun> _parts = [];

    /// <summary>
    /// Return only runs with these statuses: processing (a job is active), incomplete (no job is active, and codes are missing), completed.
    /// </summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet(RunStatuses.Processing, RunStatuses.Incomplete, RunStatuses.Completed)]
    public string[]? Status { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Status), Status, "runs");
    }

    /// <inheritdoc/>
    private protected override Func<CancellationToken, Task> CreateRead(
        StoreContext store, string promotionId, Func<string, bool>? isWanted) => async cancellationToken =>
    {
        IReadOnlyList<CodeRun> parts = await new RunFinder(store.Api.Jobs, store.Pages).FindAsync(promotionId, isWanted ?? (_ => true), cancellationToken);
        await PostAsync(() => _parts.AddRange(parts));
    };

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        // The newest run comes first, so all have to be known.
        ReadAll();
        WriteObject(RunFinder.Combine(_parts).Where(HasStatus), enumerateCollection: true);
        ShowMissingRuns();
    }

    private bool HasStatus(PromotionRun run) => Status is null || Status.Contains(run.Status, StringComparer.OrdinalIgnoreCase);
}

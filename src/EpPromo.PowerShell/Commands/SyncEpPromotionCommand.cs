using System.Management.Automation;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Promotions;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Runs;
using EpPromo.Runs.Execution;
using EpPromo.Sync;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Sync-EpPromotion: makes the promotions of a store as a file says; run twice, the second changes nothing.</summary>
[Cmdlet(VerbsData.Sync, "EpPromotion", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PromotionDifference))]
public sealed class SyncEpPromotionCommand : StoreCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly WorkProgress _progress = new(SR.ProgressSyncing);
    private readonly List<(RunState Run, WorkStep Step)> _open = [];
    private bool _pruneAll;
    private bool _pruneNone;

    /// <summary>
    /// The file that says which promotions there should be: .yaml, .yml, .json, or .psd1. Wildcards match a file that exists.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The same as -Path, with brackets and other wildcards as they are. Files of Get-Item and Get-ChildItem can be piped.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>
    /// Delete the promotions of the store that are not in the file, with their codes and jobs. The command asks about each.
    /// </summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Do not ask before a promotion is deleted.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int MaxConcurrency => 10;

    private protected override bool UsesWaiter => true;

    private protected override object? ErrorTarget => PathOfInput.Text;

    private PathArgument PathOfInput => PathArgument.Of(Path, LiteralPath);

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        IReadOnlyList<DesiredPromotion> desired = DesiredStateFile.Read(PathOfInput, SessionState.Path);
        StoreContext context = DefaultContext();
        IReadOnlyList<SyncItem> items = Await(cancellationToken =>
            new SyncPlanner(context.Section, context.Api, context.Pages).PlanAsync(desired, Prune, cancellationToken));
        ShowVerbose(MessageText.Of(SR.VerboseSyncDone, desired.Count, items.Sum(item => item.Differences.Count)));
        foreach (SyncItem item in items)
        {
            try
            {
                Process(context, item);
            }
            catch (EpPromoException e)
            {
                ShowError(ErrorRecords.From(e, item.Name, item.Name));
            }
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress()
    {
        foreach ((RunState run, WorkStep step) in _open.Where(open => !open.Run.IsEnded && open.Run.IsCounted))
        {
            step.Report(MessageText.Of(SR.DetailCodesOf, run.Generated, run.Request.Count));
        }

        _progress.Show(ShowProgress);
    }

    /// <inheritdoc/>
    private protected override void OnStopProcessing()
    {
        if (PendingWork > 0)
        {
            Host?.UI?.WriteWarningLine(SR.WarningSyncInterrupted);
        }
    }

    private void Process(StoreContext context, SyncItem item)
    {
        if (item.Error is { } error)
        {
            throw error;
        }

        if (IsWhatIf)
        {
            Write(item.Differences);
        }
        else if (item.IsDelete)
        {
            Delete(context, item);
        }
        else
        {
            Change(context, item);
        }
    }

    private void Delete(StoreContext context, SyncItem item)
    {
        Promotion promotion = item.Current!;
        string target = context.Directory.Describe(PromotionIdentity.Of(promotion));
        string codes = PromotionRemoval.Describe(Await(cancellationToken =>
            context.Api.Codes.ListCodesAsync(promotion.PromotionId, null, 0, cancellationToken)));
        if (ShouldProcess(MessageText.Of(SR.ConfirmPromotion, target), codes)
            && (!Asks(Force) || HasConfirmed
                || ShouldContinue(MessageText.Of(SR.ConfirmPrune, target, codes), SR.ConfirmPruneCaption, ref _pruneAll, ref _pruneNone)))
        {
            Await(cancellationToken => DoneAsync(context.Writer.RemoveAsync(promotion.PromotionId, cancellationToken)));
            Write(item.Differences, promotion.PromotionId);
        }
    }

    /// <summary>Whether -Confirm has asked already.</summary>
    private bool HasConfirmed => MyInvocation.BoundParameters.ContainsKey("Confirm");

    private void Change(StoreContext context, SyncItem item)
    {
        Promotion? promotion = item.Current;
        string target = MessageText.Of(
            SR.ConfirmPromotion, promotion is null ? DisplayText.Clean($"'{item.Name}'") : context.Directory.Describe(PromotionIdentity.Of(promotion)));
        if (item.Fields is { } fields)
        {
            string[] names = [.. item.Differences.Where(difference => difference.Change != SyncChanges.Run).Select(difference => difference.Property)];
            if (!ShouldProcess(
                target, promotion is null ? SR.ConfirmCreatePromotion : MessageText.Of(SR.ConfirmChangePromotion, string.Join(", ", names))))
            {
                return;
            }

            promotion = Await(cancellationToken => WriteAsync(context, promotion, fields, cancellationToken));
            Write(item.Differences.Where(difference => difference.Change != SyncChanges.Run), promotion.PromotionId);
        }

        (CodeRunRequest, PromotionDifference)[] runs =
        [
            .. item.Runs
                .Select(run => (
                    run.For(PromotionIdentity.Of(promotion!), context.Section),
                    item.Differences.First(difference => difference.Change == SyncChanges.Run && difference.Property == run.Name)))
                .Where(run => ShouldProcess(
                    target, MessageText.Of(SR.ConfirmSyncRun, run.Item1.Name, run.Item2.Current, run.Item1.Count))),
        ];
        if (runs.Length > 0)
        {
            StartRuns(context, runs);
        }
    }

    private static async Task<Promotion> WriteAsync(
        StoreContext context, Promotion? current, PromotionFields fields, CancellationToken cancellationToken) => current is null
            ? await context.Writer.CreateAsync(
                fields, await context.Writer.CheckNewAsync(fields, allowSameName: false, cancellationToken), cancellationToken)
            : (await context.Writer.UpdateAsync(current.PromotionId, fields, current, cancellationToken)).Promotion;

    /// <summary>Executes the runs of one promotion, one after another: a promotion has one active job at a time.</summary>
    private void StartRuns(StoreContext context, (CodeRunRequest Request, PromotionDifference Difference)[] runs)
    {
        RunContext shared = context.CreateRunContext(Limit);
        (RunState Run, WorkStep Step, PromotionDifference Difference)[] all =
        [
            .. runs.Select(run => (
                new RunState(run.Request, context.Clock.UtcNow), _progress.Add(run.Request.PromotionTitle), run.Difference)),
        ];
        _open.AddRange(all.Select(run => (run.Run, run.Step)));
        Start(runs[0].Request.PromotionId, async cancellationToken =>
        {
            foreach ((RunState run, WorkStep step, PromotionDifference difference) in all)
            {
                using (step)
                {
                    step.Report("");
                    CodeRun ended = await new CodeRunner(shared).RunAsync(
                        run, WriteWarningAsync, error => WriteErrorAsync(error, run.Request.PromotionId), null, cancellationToken);
                    if (JobStatuses.IsCompleted(ended.Status))
                    {
                        await PostAsync(() => Write([difference], run.Request.PromotionId));
                    }
                }
            }
        });
    }

    /// <summary>Writes differences; with <paramref name="appliedTo"/>, as those that no longer exist. On the pipeline thread.</summary>
    private void Write(IEnumerable<PromotionDifference> differences, string? appliedTo = null)
    {
        foreach (PromotionDifference difference in differences)
        {
            WriteObject(appliedTo is null ? difference : new PromotionDifference(difference) { Applied = true, PromotionId = appliedTo });
        }
    }

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }
}

using System.Management.Automation;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>New-EpPromotionJob: creates one job on each promotion, exactly once.</summary>
[Cmdlet(VerbsCommon.New, "EpPromotionJob", SupportsShouldProcess = true, DefaultParameterSetName = GenerateSet)]
[OutputType(typeof(PromotionJob))]
public sealed class NewEpPromotionJobCommand : CodeCreationCmdlet
{
    private const string GenerateSet = "Generate";
    private const string ExportSet = "Export";

    /// <summary>
    /// How long creates in progress may continue after an error that ends the pipeline, so that every job created is also written. A create
    /// whose response was lost takes longer.
    /// </summary>
    private static readonly TimeSpan s_finishLimit = TimeSpan.FromSeconds(5);

    /// <summary>Rows of one promotion wait for each other, so that only one of them polls until the promotion is free.</summary>
    private readonly KeyedLock _promotionLock = new();
    private readonly WorkProgress _progress = new(SR.ProgressCreatingJobs);
    private CommandTimeout _timeout = null!;

    /// <summary>
    /// Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion. One job
    /// is created on each.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(CodePromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>
    /// The number of codes to generate on each promotion, 1 to 1000. It is required, here or as a column of the input. Count is an alias.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = GenerateSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Count", "Requested")]
    [WholeNumberTransformation(PipedTo = "New-EpPromotionJob")]
    public int? NumberOfCodes { get; set; }

    /// <summary>
    /// The text that each code starts with. With summer, a code looks like summer-aa2b-3c4d. White space at either end is removed.
    /// </summary>
    [Parameter(ParameterSetName = GenerateSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Prefix")]
    [ArgumentCompleter(typeof(CodePrefixCompleter))]
    [TextTransformation]
    public string? CodePrefix { get; set; }

    /// <summary>The number of generated characters in a code, 8 to 16, without the prefix.</summary>
    /// <value>8, set by the store</value>
    [Parameter(ParameterSetName = GenerateSet, ValueFromPipelineByPropertyName = true)]
    [WholeNumberTransformation]
    public int? CodeLength { get; set; }

    /// <summary>How often each code can be used. With 0, the codes cannot be used.</summary>
    /// <value>unlimited</value>
    [Parameter(ParameterSetName = GenerateSet, ValueFromPipelineByPropertyName = true)]
    [Alias("MaxUses")]
    [WholeNumberTransformation]
    public int? MaxUsesPerCode { get; set; }

    /// <summary>
    /// What counts as one use: per_checkout, or per_application (each time the promotion is applied). For promotions of the kind Standard:
    /// per_cart or per_item. PerCheckout and the like are accepted, too.
    /// </summary>
    /// <value>per_checkout, set by the store</value>
    [Parameter(ParameterSetName = GenerateSet, ValueFromPipelineByPropertyName = true)]
    [ApiWordTransformation]
    [ArgumentCompleter(typeof(WordCompleter))]
    public string? ConsumeUnit { get; set; }

    /// <summary>Create a job that exports all codes of the promotion, instead of one that generates codes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExportSet)]
    public SwitchParameter Export { get; set; }

    /// <summary>
    /// The name of the job, at most 50 characters. Without it, a unique name is generated. The pipeline does not set it, because
    /// promotions have a Name, too, and jobs with the names of promotions could not be distinguished.
    /// </summary>
    [Parameter]
    [TextTransformation]
    public string? Name { get; set; }

    /// <summary>
    /// What to do if the promotion already has a pending or processing job, because the store accepts one at a time. Error reports an
    /// error. Wait waits until that job has ended, and then creates the new one.
    /// </summary>
    [Parameter]
    [OptionalTransformation(Default = WhenBusy.Error)]
    public WhenBusy WhenBusy { get; set; }

    /// <summary>
    /// The maximum time for all jobs together, in seconds or as a TimeSpan. The time starts when the first input reaches the command.
    /// Without it, there is no limit.
    /// </summary>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    // Rows that wait for a busy promotion must not delay those of other promotions.
    private protected override int MaxConcurrency => WhenBusy == WhenBusy.Wait ? int.MaxValue : 16;

    private protected override object? ErrorTarget => TextsOf(Promotion);

    private protected override bool UsesWaiter => WhenBusy == WhenBusy.Wait;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _timeout = CreateTimeout(Timeout);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput() => ForEachRequest(Promotion, ProcessPromotions);

    private void ProcessPromotions(PromotionReference[] promotions, CodeRun? run)
    {
        NewJob job = Export ? NewJob.Export(Name.NullIfEmpty()) : GenerateJob(promotions, run);

        // Before ShouldProcess, so that -WhatIf reports an invalid job, too.
        job.Validate();
        Warnings.CheckPrefix(job.CodePrefix);
        string action = Export ? SR.ConfirmCreateExportJob : MessageText.Of(SR.ConfirmCreateJob, job.NumberOfCodes);
        ForEachPromotion(
            promotions,
            (context, promotion) => ConfirmAndStart(context, promotion, job with { Kind = context.Kind }, action),
            context => (job with { Kind = context.Kind }).Validate());
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress, RemainingJobTime);

    /// <inheritdoc/>
    private protected override void OnErrorStop()
    {
        if (DrainFor(s_finishLimit) is > 0 and int pending)
        {
            ShowWarning(MessageText.Of(SR.WarningCreatesInterrupted, pending));
        }
    }

    /// <inheritdoc/>
    private protected override void OnStopProcessing()
    {
        if (PendingWork is > 0 and int pending)
        {
            Host?.UI?.WriteWarningLine(MessageText.Of(SR.WarningCreatesInterrupted, pending));
        }
    }

    private void ConfirmAndStart(StoreContext context, PromotionIdentity promotion, NewJob job, string action)
    {
        if (!Export)
        {
            CheckTakesCodes(context, promotion);
            Warnings.CheckEnabled(promotion);
        }

        if (ShouldProcess(MessageText.Of(SR.ConfirmPromotion, context.Directory.Describe(promotion)), action))
        {
            WorkStep step = _progress.Add(promotion.ToString());
            Start(promotion.PromotionId, async _ =>
            {
                using (step)
                {
                    step.Report("");
                    await WriteObjectAsync(await CreateAsync(context, promotion.PromotionId, job, step));
                }
            });
        }
    }

    private async Task<PromotionJob> CreateAsync(StoreContext context, string promotionId, NewJob job, WorkStep step)
    {
        try
        {
            if (WhenBusy != WhenBusy.Wait)
            {
                return await context.Creator.CreateAsync(promotionId, job, _timeout.Token);
            }

            using IDisposable promotionLock = await _promotionLock.LockAsync(promotionId, _timeout.Token);
            return await context.WaitingCreator.CreateWhenFreeAsync(
                promotionId, job, _timeout.Token, () => step.Report(SR.ProgressPhaseWaitingForOtherJob));
        }
        catch (OperationCanceledException) when (_timeout.HasExpired)
        {
            throw TimeoutError(nameof(SR.CreateTimeout), promotionId, Timeout);
        }
    }

    private NewJob GenerateJob(PromotionReference[] promotions, CodeRun? run) => new()
    {
        JobType = JobTypes.Generate,
        Name = Name.NullIfEmpty(),
        NumberOfCodes = CountOn(NumberOfCodes, nameof(NumberOfCodes), promotions, run),
        CodePrefix = CodePrefix.NullIfEmpty() ?? run?.CodePrefix,
        CodeLength = CodeLength ?? run?.CodeLength,
        MaxUsesPerCode = MaxUsesPerCode ?? run?.MaxUsesPerCode,
        ConsumeUnit = ConsumeUnit.NullIfEmpty() ?? run?.ConsumeUnit,
    };
}

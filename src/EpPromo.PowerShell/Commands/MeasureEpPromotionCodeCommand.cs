using System.Management.Automation;
using EpPromo.Codes;
using EpPromo.Codes.Exports;
using EpPromo.PowerShell.Commands;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Text;
using EpPromo.Usages;

namespace EpPromo.PowerShell;

/// <summary>Measure-EpPromotionCode: returns how the codes of promotions, jobs or runs are used.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "EpPromotionCode", DefaultParameterSetName = PromotionSet)]
[OutputType(typeof(CodeMeasurement))]
public sealed class MeasureEpPromotionCodeCommand : CodeSourceCmdlet
{
    private readonly WorkProgress _progress = new(SR.ProgressMeasuring);

    /// <summary>
    /// Measure only the codes of the promotion that start with one of these texts, each text by itself. Upper and lower case are the same.
    /// </summary>
    [Parameter(ParameterSetName = PromotionSet)]
    [ArgumentCompleter(typeof(CodePrefixCompleter))]
    [TextTransformation]
    public string[]? StartsWith { get; set; }

    // Not in the base class: usages of Promotions Standard cannot be listed.

    /// <summary>
    /// The kind of the promotions: Rule, or Standard for Promotions Standard. It is needed only where names or ids start a pipeline: objects
    /// know their kind.
    /// </summary>
    /// <value>Rule, or the kind of the objects in the pipeline</value>
    [Parameter]
    [ValidateNotNull]
    public PromotionKind? Kind { get; set; }

    private protected override PromotionKind? GivenKind => Kind;

    private protected override bool TakesStandard => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(StartsWith), StartsWith, "codes");
    }

    /// <inheritdoc/>
    private protected override void ProcessSource(StoreContext context, CodeSource source)
    {
        if (StartsWith is null || source is not { JobId: null, Run: null })
        {
            StartMeasure(context, source, null);
            return;
        }

        foreach (string prefix in StartsWith)
        {
            StartMeasure(context, source, prefix);
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    private void StartMeasure(StoreContext context, CodeSource source, string? prefix)
    {
        WorkStep step = _progress.Add(context.Directory.Identify(source.PromotionId).ToString());
        StartInTurn(source.PromotionId, async (turn, cancellationToken) =>
        {
            using WorkStep active = step;
            CodeMeter meter = new(TimeZoneInfo.Local);
            active.Report(() => MessageText.Of(SR.ProgressCodes, meter.Codes));
            OwnCodes? own = await FindOwnAsync(context, source, cancellationToken);
            if (own is null && prefix is null)
            {
                await MeasureAllAsync(context, source.PromotionId, meter, cancellationToken);
            }
            else
            {
                await MeasureAsync(context, source.PromotionId, own, prefix, meter, cancellationToken);
            }

            (long? codes, CodeRoom room) = await new CodeRoomFinder(context.Api.Jobs, context.Api.Codes).FindAsync(
                source.PromotionId, own is null && prefix is null ? meter.Codes : null, cancellationToken);
            await turn.WaitAsync(cancellationToken);
            if (context.Kind == PromotionKind.Standard)
            {
                await WriteWarningAsync(MessageText.Of(SR.WarningUsesUnknown, source.PromotionId));
            }

            await WriteObjectAsync(new CodeMeasurement(meter.ToMeasurement())
            {
                PromotionId = source.PromotionId,
                PromotionName = context.Directory.Identify(source.PromotionId).PromotionName,
                Run = source.Run?.Name,
                JobId = source.JobId,
                JobName = source.JobId is null ? null : own?.Jobs[0].Name.NullIfEmpty(),
                StartsWith = prefix,
                CodesOnPromotion = codes,
                MinRoom = room.Min,
                MaxRoom = room.Max,
                Origin = context.Section,
            });
        });
    }

    /// <summary>Measures all codes of a promotion. Its usages are read first: they are fewer, and the codes need not be kept then.</summary>
    private static async Task MeasureAllAsync(StoreContext context, string promotionId, CodeMeter meter, CancellationToken cancellationToken)
    {
        if (context.Kind == PromotionKind.Rule)
        {
            await context.Usages.ListAsync(
                promotionId, UsageSelection.All, usage => Added(() => meter.Add(usage)), cancellationToken);
        }

        await new ParallelCodeLister(context.Api.Codes, promotionId, context.Clock, () => context.Store.RequestsPerSecond).ListAsync(
            async code =>
            {
                await Added(() => meter.Add(code));
                return true;
            },
            cancellationToken);
    }

    /// <summary>Measures some codes of a promotion: only their usages are read.</summary>
    private async Task MeasureAsync(
        StoreContext context, string promotionId, OwnCodes? own, string? prefix, CodeMeter meter, CancellationToken cancellationToken)
    {
        List<PromotionCode> codes = [];
        CodeSet set = new();
        if (own is not null)
        {
            await new OwnCodeLister(context.Api.Jobs, context.Api.Codes, context.Clock, context.Store.ConsistencyWindow)
                .ListAsync(own, AddAsync, WriteWarningAsync, cancellationToken);
        }
        else
        {
            await new CodeFinder(context.Api.Codes, promotionId).FindByPrefixAsync(
                prefix!,
                async code =>
                {
                    await AddAsync(code);
                    return true;
                },
                cancellationToken);
        }

        if (context.Kind == PromotionKind.Rule)
        {
            await new CodeUsageFinder(context.Api.Usages, context.Usages).FindAsync(
                promotionId, set, UsageSelection.All, usage => Added(() => meter.Add(usage)), cancellationToken);
        }

        foreach (PromotionCode code in codes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            meter.Add(code);
        }

        Task AddAsync(PromotionCode code)
        {
            codes.Add(code);
            set.Add(code.Code, code.CodeId);
            return Task.CompletedTask;
        }
    }

    private static Task Added(Action add)
    {
        add();
        return Task.CompletedTask;
    }
}

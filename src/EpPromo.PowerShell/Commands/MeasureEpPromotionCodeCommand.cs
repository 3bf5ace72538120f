using System.Management.Automation;
using EpPromo.Codes;
using EpPromo.Codes.Exports;
using EpPromo.PowerShell.Codes;
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
        StartOrdered(source.PromotionId, async (output, cancellationToken) =>
        {
            using WorkStep active = step;
            CodeMeter meter = new(TimeZoneInfo.Local);
            active.Report(() => MessageText.Of(SR.ProgressCodes, meter.Codes));
            OwnCodes? own = await FindOwnAsync(context, source, cancellationToken);
            await new CodeMeasurer(context, WriteWarningAsync).MeasureAsync(source.PromotionId, own, prefix, meter, cancellationToken);
            (long? codes, CodeRoom room) = await new CodeRoomFinder(context.Api.Jobs, context.Api.Codes, context.Pages).FindAsync(
                source.PromotionId, own is null && prefix is null ? meter.Codes : null, cancellationToken);
            await output.WaitAsync(cancellationToken);
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
}

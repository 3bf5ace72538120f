using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Promotions;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Set-EpPromotion: changes fields of promotions; sends only what differs, and detects a change by another client in between.</summary>
[Cmdlet(VerbsCommon.Set, "EpPromotion", SupportsShouldProcess = true)]
[OutputType(typeof(Promotion))]
public sealed class SetEpPromotionCommand : PromotionFieldsCmdlet
{
    private PromotionChange _change = null!;

    /// <summary>Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>The new name. The pipeline does not set it.</summary>
    [Parameter]
    [TextTransformation]
    public string? Name { get; set; }

    /// <summary>
    /// Overwrite a field even if another client has changed it since the promotion in the pipeline was read.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the promotions as they are then. Without it, the command returns nothing.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override int MaxConcurrency => 8;

    private protected override object? ErrorTarget => TextsOf(Promotion);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _change = new PromotionChange(this, PassThru);
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        foreach (PromotionReference reference in Promotion)
        {
            PromotionFields fields = ReadFields(reference) with { Name = Name.NullIfEmpty() };
            ForEachPromotion([reference], (context, promotion) => ConfirmAndStart(context, promotion, reference, fields));
        }
    }

    private void ConfirmAndStart(StoreContext context, PromotionIdentity promotion, PromotionReference reference, PromotionFields fields)
    {
        string[] values =
        [
            .. PromotionField.All.Where(field => field.Wanted(fields) is not null)
                .Select(field => $"{field.Name} = {PromotionField.Show(field.Wanted(fields))}"),
        ];
        if (values.Length == 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NothingToSet), promotion.PromotionId);
        }

        fields.Validate(new Promotion());
        string target = MessageText.Of(SR.ConfirmPromotion, context.Directory.Describe(promotion));
        if (ShouldProcess(target, DisplayText.Clean(MessageText.Of(SR.ConfirmChangePromotion, string.Join(", ", values)))))
        {
            Promotion? basis = Force ? null : reference.Promotion;
            PromotionCopy? copy = !Force && basis is null && reference.IsPromotion ? new(reference.Row!) : null;
            Start(promotion.PromotionId, async cancellationToken =>
            {
                Promotion? known = copy?.Complete(await context.Api.Promotions.GetPromotionAsync(promotion.PromotionId, cancellationToken)) ?? basis;
                await _change.RunAsync(context, promotion.PromotionId, fields, known, cancellationToken);
            });
        }
    }
}

using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Promotions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that enables or disables promotions.</summary>
public abstract class PromotionStateCmdlet : StoreCmdlet
{
    private readonly bool _enabled;
    private PromotionChange _change = null!;

    private protected PromotionStateCmdlet(bool enabled) => _enabled = enabled;

    /// <summary>Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

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
    private protected override void ProcessInput() => ForEachPromotion(Promotion, (context, promotion) =>
    {
        string target = MessageText.Of(SR.ConfirmPromotion, context.Directory.Describe(promotion));
        if (ShouldProcess(target, _enabled ? SR.ConfirmEnablePromotion : SR.ConfirmDisablePromotion))
        {
            PromotionFields fields = new() { Enabled = _enabled };
            Start(
                promotion.PromotionId,
                cancellationToken => _change.RunAsync(context, promotion.PromotionId, fields, null, cancellationToken));
        }
    });
}

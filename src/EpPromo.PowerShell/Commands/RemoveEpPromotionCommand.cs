using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Promotions;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Remove-EpPromotion: deletes promotions with their codes and jobs.</summary>
[Cmdlet(VerbsCommon.Remove, "EpPromotion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveEpPromotionCommand : StoreCmdlet
{
    /// <summary>Promotions: their names (upper and lower case are the same), their ids, or objects such as the promotions of Get-EpPromotion.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(PromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    /// <summary>Do not ask for confirmation. With -Confirm, the command asks anyway.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int MaxConcurrency => 8;

    private protected override object? ErrorTarget => TextsOf(Promotion);

    /// <inheritdoc/>
    private protected override void ProcessInput() => ForEachPromotion(Promotion, (context, promotion) =>
    {
        if (Confirm(context, promotion))
        {
            Start(promotion.PromotionId, cancellationToken => context.Writer.RemoveAsync(promotion.PromotionId, cancellationToken));
        }
    });

    /// <summary>
    /// Asks, unless forced. The promotion is read for a question, since its name in an older list may be that of another one today.
    /// </summary>
    private bool Confirm(StoreContext context, PromotionIdentity promotion)
    {
        Page<PromotionCode>? codes = null;
        if (Asks(Force))
        {
            promotion = PromotionIdentity.Of(Await(stop => context.Api.Promotions.GetPromotionAsync(promotion.PromotionId, stop)));
            codes = Await(stop => context.Api.Codes.ListCodesAsync(promotion.PromotionId, null, 0, stop));
        }

        return ShouldProcessUnlessForced(
            MessageText.Of(SR.ConfirmPromotion, context.Directory.Describe(promotion)), PromotionRemoval.Describe(codes), Force);
    }
}

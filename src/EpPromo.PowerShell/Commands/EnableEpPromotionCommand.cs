using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Enable-EpPromotion: enables promotions; one that is enabled already is left as it is.</summary>
[Cmdlet(VerbsLifecycle.Enable, "EpPromotion", SupportsShouldProcess = true)]
[OutputType(typeof(Promotion))]
public sealed class EnableEpPromotionCommand : PromotionStateCmdlet
{
    /// <summary>The command.</summary>
    public EnableEpPromotionCommand()
        : base(enabled: true)
    {
    }
}

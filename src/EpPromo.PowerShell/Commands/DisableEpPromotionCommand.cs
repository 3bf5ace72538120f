using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Disable-EpPromotion: disables promotions; one that is disabled already is left as it is.</summary>
[Cmdlet(VerbsLifecycle.Disable, "EpPromotion", SupportsShouldProcess = true)]
[OutputType(typeof(Promotion))]
public sealed class DisableEpPromotionCommand : PromotionStateCmdlet
{
    /// <summary>The command.</summary>
    public DisableEpPromotionCommand()
        : base(enabled: false)
    {
    }
}

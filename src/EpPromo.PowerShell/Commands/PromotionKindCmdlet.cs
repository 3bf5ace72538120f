using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that works on promotions of both kinds. Input objects know their kind; names and ids do not.</summary>
public abstract class PromotionKindCmdlet : StoreCmdlet
{
    /// <summary>
    /// The kind of the promotions: Rule, or Standard for Promotions Standard. It is needed only where names or ids start a pipeline: objects
    /// know their kind.
    /// </summary>
    /// <value>Rule, or the kind of the objects in the pipeline</value>
    [Parameter]
    [ValidateNotNull]
    public PromotionKind? Kind { get; set; }

    private protected sealed override PromotionKind? GivenKind => Kind;

    private protected sealed override bool TakesStandard => true;
}

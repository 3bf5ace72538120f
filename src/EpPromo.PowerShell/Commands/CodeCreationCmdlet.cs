using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that creates codes on promotions.</summary>
public abstract class CodeCreationCmdlet : PromotionKindCmdlet
{
    /// <summary>How many parameters were given on the command line.</summary>
    private int _givenParameters;

    /// <summary>Rejects a promotion that takes no codes, because it is automatic. On the pipeline thread.</summary>
    /// <exception cref="EpPromoException">It is automatic.</exception>
    private protected void CheckTakesCodes(StoreContext context, PromotionIdentity promotion)
    {
        // What is known may be old, and a promotion can be changed, so it is read again before it is rejected.
        if (promotion.Details is { Automatic: true }
            && AwaitNames(cancellationToken => context.IsAutomaticAsync(promotion.PromotionId, cancellationToken), () => false))
        {
            throw new EpPromoException(ErrorKind.Refused, nameof(SR.AutomaticPromotion), SR.DetailNoCodesCreated, promotion.PromotionId);
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _givenParameters = MyInvocation.BoundParameters.Count;
    }

    /// <summary>
    /// Without promotions a script could end well without any codes, so a table without rows is an error. After a command of this module it is
    /// only a warning: a search may find nothing, and what that command could not do is an error of its own.
    /// </summary>
    private protected sealed override void OnNoInput()
    {
        // PowerShell has reported input that it could not bind, such as a cell that is no number. The last one is still bound in part.
        if (MyInvocation.BoundParameters.Count > _givenParameters)
        {
            return;
        }

        string name = MyInvocation.MyCommand.Name;
        if (FollowsCommand)
        {
            ShowWarning(MessageText.Of(SR.WarningNoPromotions, name));
        }
        else
        {
            ShowError(ErrorRecords.From(new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NoPromotions), name), null));
        }
    }
}

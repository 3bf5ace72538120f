using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that creates codes on promotions.</summary>
public abstract class CodeCreationCmdlet : PromotionKindCmdlet
{
    /// <summary>
    /// Processes the promotions of an input together; those of a run in the pipeline one by one, each with what the run has requested on it.
    /// </summary>
    /// <param name="promotions">The promotions.</param>
    /// <param name="process">Callback: processes some of them, with the run if there is one.</param>
    private protected void ForEachRequest(PromotionReference[] promotions, Action<PromotionReference[], CodeRun?> process)
    {
        if (IsOnCommandLine("Promotion") || promotions.Any(reference => reference.Run is null))
        {
            process(promotions, null);
            return;
        }

        foreach (PromotionReference reference in promotions)
        {
            try
            {
                process([reference], reference.Run);
            }
            catch (EpPromoException e)
            {
                ShowError(ErrorRecords.From(e, reference.Text, reference.Text));
            }
        }
    }

    /// <summary>
    /// The number of codes that is requested on each of the promotions. If the input is a run on several promotions, PowerShell has bound the
    /// sum over all of them.
    /// </summary>
    /// <param name="bound">The value of the parameter.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="promotions">The promotions.</param>
    /// <param name="run">The run on the promotion, if the input is one.</param>
    /// <exception cref="EpPromoException">There is no number.</exception>
    private protected int CountOn(int? bound, string parameter, PromotionReference[] promotions, CodeRun? run) => CodeCount.Checked(
        run is null || IsOnCommandLine(parameter) ? bound : run.Requested, parameter, promotions.FirstOrDefault()?.Row);

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

    /// <summary>
    /// Without promotions a script could end well without any codes, so a table without rows is an error. After a command of this module it is
    /// only a warning: a search may find nothing, and what that command could not do is an error of its own.
    /// </summary>
    private protected sealed override void OnNoInput()
    {
        // PowerShell has reported input that it could not bind, such as a cell that is no number. The last one is still bound in part.
        if (!MyInvocation.BoundParameters.Keys.All(IsOnCommandLine))
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

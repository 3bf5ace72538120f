using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Promotions;

/// <summary>Changes promotions for a cmdlet: warns of the changes of others, and returns what was changed if it was asked for.</summary>
internal sealed class PromotionChange
{
    private readonly StreamingCmdlet _cmdlet;
    private readonly bool _passThru;

    /// <summary>The changes of a cmdlet.</summary>
    /// <param name="cmdlet">Writes the output.</param>
    /// <param name="passThru">Whether it returns the promotions.</param>
    public PromotionChange(StreamingCmdlet cmdlet, bool passThru)
    {
        _cmdlet = cmdlet;
        _passThru = passThru;
    }

    /// <summary>Makes a promotion have <paramref name="wanted"/>. For work.</summary>
    /// <param name="context">Its store.</param>
    /// <param name="promotionId">Its id.</param>
    /// <param name="wanted">The fields.</param>
    /// <param name="basis">The promotion as the user knows it, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task RunAsync(
        StoreContext context, string promotionId, PromotionFields wanted, Promotion? basis, CancellationToken cancellationToken)
    {
        PromotionUpdate update = await context.Writer.UpdateAsync(promotionId, wanted, basis, cancellationToken);
        if (update.ChangedByOthers.Count > 0)
        {
            await _cmdlet.WriteWarningAsync(MessageText.Of(
                SR.WarningChangedByOthers,
                context.Directory.Describe(PromotionIdentity.Of(update.Promotion)),
                string.Join(", ", update.ChangedByOthers.Select(field => field.Name))));
        }

        if (_passThru)
        {
            await _cmdlet.WriteObjectAsync(update.Promotion);
        }
    }
}

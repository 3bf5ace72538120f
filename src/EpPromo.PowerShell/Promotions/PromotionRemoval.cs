using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.PowerShell.Promotions;

/// <summary>What goes with a promotion that is deleted.</summary>
internal static class PromotionRemoval
{
    /// <summary>
    /// "Delete the promotion with its jobs and its 350 codes", as far as the first page of the codes shows how many there are; null if it was
    /// not read.
    /// </summary>
    public static string Describe(Page<PromotionCode>? codes)
    {
        string what = codes is null ? SR.ConfirmAllCodes : (codes.Total ?? (codes.IsLast ? codes.Items.Count : null)) switch
        {
            0 => SR.ConfirmNoCodes,
            { } count => MessageText.Of(SR.ConfirmItsCodes, count),
            null => MessageText.Of(SR.DetailAtLeastCodes, codes.Items.Count),
        };
        return MessageText.Of(SR.ConfirmRemovePromotion, what);
    }
}

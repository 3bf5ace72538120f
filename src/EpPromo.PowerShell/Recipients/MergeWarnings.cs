using EpPromo.Recipients;
using EpPromo.Text;

namespace EpPromo.PowerShell.Recipients;

/// <summary>What the user should know of a list that can be merged.</summary>
internal static class MergeWarnings
{
    /// <summary>The warnings about a merge whose codes are known, before anything is written.</summary>
    public static IEnumerable<string> Of(RecipientMerge merge)
    {
        MergeNotes notes = merge.Notes;
        if (notes.RepeatedCount > 0)
        {
            yield return MessageText.Of(
                SR.WarningRecipientRepeated, notes.RepeatedCount, DisplayText.Clean(notes.RepeatedKey), notes.RepeatedFirst, notes.RepeatedSecond);
        }

        if (notes.FormulaCount > 0)
        {
            yield return MessageText.Of(SR.WarningFormulaValues, notes.FormulaCount);
        }

        if (merge.CountForeignCodes() is > 0 and int foreign)
        {
            yield return MessageText.Of(SR.WarningForeignCodes, foreign);
        }
    }
}

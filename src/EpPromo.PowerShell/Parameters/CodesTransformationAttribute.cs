using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Reads codes as texts or as the codes of Get-EpPromotionCode and other commands. A text is trimmed, since white space around it comes from
/// tables and pastes by accident, and its letters are composed; the code of an object is taken as the store has it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodesTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data) =>
        data is PromotionCode code ? code.Text : NormalizedText.Of(LanguagePrimitives.ConvertTo<string>(data).Trim());
}

using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Trims a text, since white space around it comes from tables and pastes by accident, and composes its letters, so that both Unicode forms
/// of é are equal.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data) => NormalizedText.Of(LanguagePrimitives.ConvertTo<string>(data).Trim());
}

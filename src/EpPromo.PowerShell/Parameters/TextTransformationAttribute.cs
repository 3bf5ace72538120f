using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Cuts the white space around a text, which a table or a paste has by accident, and composes its letters: é is the same in whichever of
/// its two forms it was typed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data) => data is string text ? ComposedText.Of(text.Trim()) : data;
}

using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>
/// A code as the argument of a command: its text, a code of Get-EpPromotionCode, or a row with a column Code. A type of its own, because PowerShell would convert any
/// other object to a text as well: the name of a promotion would become a code.
/// </summary>
public sealed class CodeReference
{
    internal CodeReference(string text) => Text = text;

    /// <summary>The text, as it is sent; empty if the input has none.</summary>
    internal string Text { get; }

    /// <summary>The row that it came from; null for a text or a code.</summary>
    internal PSObject? Row { get; init; }

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}

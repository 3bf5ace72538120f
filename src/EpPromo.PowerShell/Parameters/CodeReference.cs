using System.Management.Automation;
using EpPromo.PowerShell.Parameters;

namespace EpPromo.PowerShell;

/// <summary>
/// A code as the argument of a command: its text, a code of Get-EpPromotionCode, or a row with a column Code. A type of its own, because
/// PowerShell would convert any other object to a text as well: the name of a promotion would become a code.
/// </summary>
public sealed class CodeReference
{
    /// <summary>The parameter, and the column in which a row has its code.</summary>
    internal const string Column = nameof(PromotionCode.Code);

    internal CodeReference(string text) => Text = text;

    /// <summary>The text, as it is sent; empty if the input has none.</summary>
    internal string Text { get; }

    /// <summary>The row that it came from, or the object that has no code; null for a text or a code.</summary>
    internal PSObject? Row { get; init; }

    /// <summary>Checks that the object has a code. The code may be empty.</summary>
    /// <exception cref="EpPromoException">It has none.</exception>
    internal void Check()
    {
        if (Row is not null && Row.Properties[Column] is null)
        {
            (string reason, string advice) = InputColumns.DescribeMissing(Row, Column);
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NoCode), reason, advice);
        }
    }

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}

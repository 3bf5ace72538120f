using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Parameters;

namespace EpPromo.PowerShell;

/// <summary>
/// A promotion as the argument of a command: its name, its id, or an object that has one of them, such as a promotion, a job, a run or a
/// row of a table. PowerShell converts arguments and pipeline input to it.
/// </summary>
public sealed class PromotionReference
{
    internal PromotionReference(string text) => Text = text;

    /// <summary>The name or the id; empty if the input has neither.</summary>
    internal string Text { get; }

    /// <summary>Whether <see cref="Text"/> can only be an id: it comes from an object or from a column of ids.</summary>
    internal bool IsId { get; init; }

    /// <summary>Whether <see cref="Text"/> can be an id, so that the promotion can be used without its name.</summary>
    internal bool CanBeId => IsId || Guid.TryParseExact(Text, "D", out _);

    /// <summary>What else a row with an id says in its column <c>Promotion</c>: the name or the id again, or that of another one; or null.</summary>
    internal string? NameInRow { get; init; }

    /// <summary>The promotion itself, if it was given.</summary>
    internal Promotion? Promotion { get; init; }

    /// <summary>
    /// Whether a promotion was given, live or as a copy from a file or another process: its properties say what it has, not what it is to have.
    /// </summary>
    internal bool IsPromotion => Promotion is not null || Row?.TypeNames.Contains("Deserialized." + typeof(Promotion).FullName) == true;

    /// <summary>The store that the object came from, or that the row names; or null.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>The object or row that was given; null for a text.</summary>
    internal PSObject? Row { get; init; }

    /// <summary>The run on this promotion, if a run was given.</summary>
    internal CodeRun? Run => Row?.BaseObject as CodeRun;

    /// <summary>Checks that there is a name or an id.</summary>
    /// <exception cref="EpPromoException">The input has neither.</exception>
    internal void Check()
    {
        if (Text.Length == 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.NoPromotion), InputColumns.Describe(Row));
        }
    }

    /// <summary>The promotion that a person means with a text: its name or its id. PowerShell converts texts with it.</summary>
    public static PromotionReference Parse(string text) => PromotionTransformationAttribute.ReferenceTo(text);

    /// <summary>The name or the id.</summary>
    public override string ToString() => Text;
}

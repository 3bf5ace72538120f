using System.Globalization;

namespace EpPromo.Http;

/// <summary>An answer that is not what api-contract.md says. Never leaves this assembly.</summary>
#pragma warning disable CA1032, CA1064 // Internal: caught where the answer was asked for.
internal sealed class UnreadableException : Exception
{
    private UnreadableException(string reason)
        : base(reason)
    {
    }

    public static UnreadableException NotJson() => new(SR.DetailNotJsonObject);

    public static UnreadableException Missing(string name) => new(string.Format(CultureInfo.InvariantCulture, SR.DetailFieldMissing, name));

    public static UnreadableException WrongType(string name) =>
        new(string.Format(CultureInfo.InvariantCulture, SR.DetailFieldWrongType, name));
}

using System.Globalization;

namespace EpPromo.Http.Json;

/// <summary>A response that does not match api-contract.md. It never leaves this assembly.</summary>
#pragma warning disable CA1032, CA1064 // Internal: caught where the request was sent.
internal sealed class InvalidResponseException : Exception
{
    private InvalidResponseException(string reason)
        : base(reason)
    {
    }

    public static InvalidResponseException NotJsonObject() => new(SR.DetailNotJsonObject);

    public static InvalidResponseException Missing(string field) => new(string.Format(CultureInfo.InvariantCulture, SR.DetailFieldMissing, field));

    public static InvalidResponseException WrongType(string field) =>
        new(string.Format(CultureInfo.InvariantCulture, SR.DetailFieldWrongType, field));
}

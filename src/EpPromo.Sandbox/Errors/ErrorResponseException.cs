namespace EpPromo.Sandbox.Errors;

/// <summary>
/// Rejects a request; the error middleware turns it into the response. <see cref="ErrorResponses"/> creates it in the published
/// wording.
/// </summary>
/// <param name="status">The HTTP status.</param>
/// <param name="entries">The errors that the response lists, at least one.</param>
internal sealed class ErrorResponseException(int status, IReadOnlyList<ErrorResponseEntry> entries)
    : Exception($"{status} {entries[0].Title}: {entries[0].Detail}")
{
    public int Status { get; } = status;

    public IReadOnlyList<ErrorResponseEntry> Entries { get; } = entries;
}

using EpPromo.Http.Json;

namespace EpPromo.Http.Transport;

/// <summary>A response of the API, read to its end, with any status but a redirect. Its texts hold no secret.</summary>
internal sealed record ApiResponse(int StatusCode, string ReasonPhrase, Utf8Text Body, TimeSpan? RetryAfter)
{
    /// <summary>Reads a success.</summary>
    /// <param name="read">Throws <see cref="InvalidResponseException"/> when the response does not have what it needs.</param>
    /// <exception cref="AttemptException">The response is an error, or <paramref name="read"/> cannot read it.</exception>
    public T Read<T>(Func<ApiResponse, T> read)
    {
        if (!HttpStatus.IsSuccess(StatusCode))
        {
            throw AttemptException.Refused(ErrorReader.Read(StatusCode, ReasonPhrase, Body, RetryAfter));
        }

        try
        {
            return read(this);
        }
        catch (InvalidResponseException why)
        {
            throw AttemptException.Unreadable(why, this);
        }
    }
}

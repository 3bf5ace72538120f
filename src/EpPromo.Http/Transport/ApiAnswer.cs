namespace EpPromo.Http;

/// <summary>An answer of the API, read to its end: any status but a redirect.</summary>
internal sealed record ApiAnswer(int StatusCode, string ReasonPhrase, string Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => StatusCode is >= 200 and < 300;
}

namespace EpPromo.Api;

/// <summary>Is told of every request, for <c>-Verbose</c> and <c>-Debug</c>. Called from any thread; gets no secrets.</summary>
internal interface IRequestObserver
{
    /// <summary>A line about a request: method, path, status, time taken.</summary>
    void Verbose(string line);

    /// <summary>A body that was sent or received, secrets removed.</summary>
    void Debug(string text);
}

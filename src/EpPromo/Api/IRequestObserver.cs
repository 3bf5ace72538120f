namespace EpPromo.Api;

/// <summary>Is notified of every request, for <c>-Verbose</c> and <c>-Debug</c>. Called on any thread; receives no secrets.</summary>
internal interface IRequestObserver
{
    /// <summary>A line about a request: method, path, status, time taken.</summary>
    void Verbose(string line);

    /// <summary>A body that was sent or received, secrets removed.</summary>
    void Debug(string text);
}

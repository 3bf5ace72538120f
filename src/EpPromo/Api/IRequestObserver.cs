namespace EpPromo.Api;

/// <summary>
/// Is notified of every request, for <c>-Verbose</c>, <c>-Debug</c> and the warning that the store does not respond. Called on any thread;
/// receives no secrets.
/// </summary>
internal interface IRequestObserver
{
    /// <summary>Whether lines are shown. Most commands show none, and to build a line that nobody sees takes time at each request.</summary>
    bool ShowsLines { get; }

    /// <summary>Whether bodies are shown.</summary>
    bool ShowsBodies { get; }

    /// <summary>A line about a request: method, path, status, time taken. Called if <see cref="ShowsLines"/>.</summary>
    void Verbose(string line);

    /// <summary>A body that was sent or received, secrets removed. Called if <see cref="ShowsBodies"/>.</summary>
    void Debug(string text);

    /// <summary>An attempt has failed. The request is sent again, or the outcome of a write is searched for.</summary>
    /// <param name="host">The host that it was sent to.</param>
    /// <param name="reason">Why it failed.</param>
    /// <param name="elapsed">How long the call has lasted, with all its attempts.</param>
    /// <param name="delay">How long nothing is sent now.</param>
    void Failed(string host, string reason, TimeSpan elapsed, TimeSpan delay);

    /// <summary>A request has succeeded.</summary>
    void Succeeded();
}

namespace EpPromo.Codes.Changes;

/// <summary>Receives what became of codes that were to be removed: of each one, unless the whole removal fails.</summary>
internal interface ICodeRemoveObserver
{
    /// <summary>The codes no longer exist, or never did.</summary>
    void OnRemoved(IReadOnlyList<string> codes);

    /// <summary>The store rejected to remove the code.</summary>
    Task RejectedAsync(string code, ApiException error);

    /// <summary>Nothing is left to send. The removal waits until lost requests can no longer have an effect, which takes up to a minute.</summary>
    void OnWaiting();
}

namespace EpPromo.Codes.Changes;

/// <summary>Receives what became of codes that were to be removed: of each one, unless the whole removal fails.</summary>
internal interface ICodeRemoveObserver
{
    /// <summary>The codes do not exist any more, or did not.</summary>
    void OnRemoved(IReadOnlyList<string> codes);

    /// <summary>The store rejected to remove the code.</summary>
    Task RejectedAsync(string code, ApiException error);

    /// <summary>Nothing is left to send. The removal waits until lost requests can have no effect any more, which takes up to a minute.</summary>
    void OnWaiting();
}

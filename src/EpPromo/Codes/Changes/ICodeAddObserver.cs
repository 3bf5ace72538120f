namespace EpPromo.Codes.Changes;

/// <summary>Receives what became of each code that was to be added: exactly one of the three, unless the whole addition fails.</summary>
internal interface ICodeAddObserver
{
    /// <summary>The code was added.</summary>
    Task AddedAsync(PromotionCode code);

    /// <summary>The promotion had the code before.</summary>
    Task ExistingAsync(NewCode code);

    /// <summary>The store rejected the code.</summary>
    Task RejectedAsync(NewCode code, ApiException error);

    /// <summary>The store says of added codes that other promotions have them, too.</summary>
    Task InOtherPromotionsAsync(IReadOnlyList<string> codes);

    /// <summary>Nothing is left to send. The addition waits until lost requests can no longer have an effect, which takes up to a minute.</summary>
    void OnWaiting();
}

namespace EpPromo.Codes.Changes;

/// <summary>Reports what became of each code, and remembers which codes were reported.</summary>
internal sealed class AddReport
{
    private readonly ICodeAddObserver _observer;
    private readonly HashSet<string> _reported = new(CodeComparer.Instance);

    /// <summary>Nothing was reported.</summary>
    /// <param name="observer">Receives what became of each code.</param>
    public AddReport(ICodeAddObserver observer)
    {
        _observer = observer;
    }

    /// <summary>How many codes were reported.</summary>
    public int Count => _reported.Count;

    /// <summary>How many codes were reported as added.</summary>
    public int AddedCount { get; private set; }

    /// <summary>Whether the code was reported.</summary>
    public bool Contains(NewCode code) => _reported.Contains(code.Text);

    /// <inheritdoc cref="ICodeAddObserver.AddedAsync"/>
    public Task AddedAsync(PromotionCode code)
    {
        AddedCount++;
        _reported.Add(code.Text);
        return _observer.AddedAsync(code);
    }

    /// <inheritdoc cref="ICodeAddObserver.ExistingAsync"/>
    public Task ExistingAsync(NewCode code)
    {
        _reported.Add(code.Text);
        return _observer.ExistingAsync(code);
    }

    /// <summary>Codes of lost requests were added, or existed before.</summary>
    public async Task VerifiedAsync(VerifiedCodes codes)
    {
        foreach (PromotionCode code in codes.Added)
        {
            await AddedAsync(code);
        }

        foreach (NewCode code in codes.Existing)
        {
            await ExistingAsync(code);
        }
    }

    /// <inheritdoc cref="ICodeAddObserver.RejectedAsync"/>
    public Task RejectedAsync(NewCode code, ApiException error)
    {
        _reported.Add(code.Text);
        return _observer.RejectedAsync(code, error);
    }

    /// <inheritdoc cref="ICodeAddObserver.InOtherPromotionsAsync"/>
    public Task InOtherPromotionsAsync(IReadOnlyList<string> codes) => _observer.InOtherPromotionsAsync(codes);
}

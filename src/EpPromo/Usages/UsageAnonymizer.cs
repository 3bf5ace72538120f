namespace EpPromo.Usages;

/// <summary>
/// Anonymizes usages in batches. What the store does with the other usages of a batch of which it does not know one is not documented
/// (api-contract.md section 6), so these are sent again. To anonymize a usage again changes nothing.
/// </summary>
internal sealed class UsageAnonymizer
{
    /// <summary>How many usages one request anonymizes. The contract has no limit for it; this is the length of a page.</summary>
    public const int BatchSize = 100;

    private readonly IUsageApi _api;
    private readonly Func<PromotionUsage, Task> _onAnonymized;
    private readonly Func<string, EpPromoException, Task> _onMissing;

    /// <summary>An anonymizer.</summary>
    /// <param name="api">The usages of the store.</param>
    /// <param name="onAnonymized">Called for each usage that is anonymized now, as the store returned it.</param>
    /// <param name="onMissing">Called with the id of each usage that does not exist, and the error.</param>
    public UsageAnonymizer(IUsageApi api, Func<PromotionUsage, Task> onAnonymized, Func<string, EpPromoException, Task> onMissing)
    {
        _api = api;
        _onAnonymized = onAnonymized;
        _onMissing = onMissing;
    }

    /// <summary>Anonymizes usages.</summary>
    /// <param name="usageIds">Their ids.</param>
    /// <param name="cancellationToken">Stops it; what has been anonymized stays so.</param>
    /// <exception cref="EpPromoException">A request failed for another reason than a missing usage. The rest is not anonymized.</exception>
    public async Task AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken)
    {
        string[] ids = [.. usageIds.Distinct(StringComparer.OrdinalIgnoreCase)];
        for (int start = 0; start < ids.Length; start += BatchSize)
        {
            await AnonymizeBatchAsync([.. ids.Skip(start).Take(BatchSize)], cancellationToken);
        }
    }

    private async Task AnonymizeBatchAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<PromotionUsage> anonymized;
        try
        {
            anonymized = await _api.AnonymizeAsync(ids, cancellationToken);
        }
        catch (ApiException e) when (e.Kind == ErrorKind.NotFound && e.Error.IsExplained)
        {
            await ContinueWithoutMissingAsync(ids, e, cancellationToken);
            return;
        }

        HashSet<string> confirmed = new(anonymized.Select(usage => usage.UsageId), StringComparer.OrdinalIgnoreCase);
        foreach (PromotionUsage usage in anonymized.Where(usage => ids.Contains(usage.UsageId, StringComparer.OrdinalIgnoreCase)))
        {
            await _onAnonymized(usage);
        }

        foreach (string id in ids.Where(id => !confirmed.Contains(id)))
        {
            await _onMissing(id, new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.UsageNotConfirmed), id));
        }
    }

    /// <summary>
    /// Reports the usages that the store does not know, and anonymizes the others. If its response does not say which they are, the batch is
    /// halved until a 404 is about one usage.
    /// </summary>
    private async Task ContinueWithoutMissingAsync(IReadOnlyList<string> ids, ApiException error, CancellationToken cancellationToken)
    {
        HashSet<string> unknown = new(error.Error.UsageIds, StringComparer.OrdinalIgnoreCase);
        string[] missing = ids.Count == 1 ? [ids[0]] : [.. ids.Where(unknown.Contains)];
        foreach (string id in missing)
        {
            await _onMissing(id, new EpPromoException(error, ErrorKind.NotFound, nameof(SR.UsageNotFound), id));
        }

        string[] rest = [.. ids.Except(missing)];
        int half = missing.Length > 0 ? rest.Length : rest.Length / 2;
        foreach (string[] part in new[] { rest.Take(half).ToArray(), [.. rest.Skip(half)] }.Where(part => part.Length > 0))
        {
            await AnonymizeBatchAsync(part, cancellationToken);
        }
    }
}

using EpPromo.Api;

namespace EpPromo.Usages;

/// <summary>
/// The API's usages of promotion codes, one method for each request (api-contract.md section 6).
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> if the store rejected the request, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> if there was no usable response, and
/// <see cref="OperationCanceledException"/> if cancelled. Reads may be retried internally.
/// </remarks>
internal interface IUsageApi
{
    /// <summary>One page of the usages of a promotion's codes, in the store's order, which is not documented.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="selection">What the store filters by. It may return others as well, so the caller has to check.</param>
    /// <param name="offset">How many records to skip, at most 10,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="EpPromoException"><c>BadFilter</c>: the store rejects the filter.</exception>
    Task<Page<PromotionUsage>> ListUsagesAsync(
        string promotionId, UsageSelection selection, int offset, CancellationToken cancellationToken);

    /// <summary>The same for one code of the promotion, by its id.</summary>
    Task<Page<PromotionUsage>> ListUsagesOfCodeAsync(
        string promotionId, string codeId, UsageSelection selection, int offset, CancellationToken cancellationToken);

    /// <summary>
    /// Anonymizes usages, whose customers are then no longer known. To anonymize one again changes nothing, so the request is retried.
    /// </summary>
    /// <param name="usageIds">Their ids, at most one batch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usages as they are now. Their promotion is not known.</returns>
    /// <exception cref="ApiException"><c>NotFound</c>: some do not exist; <see cref="ApiError.UsageIds"/> lists them.</exception>
    Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken);
}

using EpPromo.Api;

namespace EpPromo.Promotions;

/// <summary>
/// The API's rule promotions, one method for each request (api-contract.md section 6).
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> if the store rejected the request, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> if there was no usable response, and
/// <see cref="OperationCanceledException"/> if cancelled. Reads may be retried internally.
/// </remarks>
internal interface IPromotionApi
{
    /// <summary>One page of the rule promotions.</summary>
    /// <param name="nameLike">A name in the API's <c>ilike</c> form (<c>*</c> at the start or the end), or null for all.</param>
    /// <param name="offset">How many records to skip, at most 10,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken);

    /// <summary>One promotion.</summary>
    Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken);
}

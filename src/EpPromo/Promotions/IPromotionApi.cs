using EpPromo.Api;

namespace EpPromo.Promotions;

/// <summary>
/// The API's promotions of one kind (rule promotions or Promotions Standard), one method for each request (api-contract.md sections 6
/// and 7).
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> if the store rejected the request, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> if there was no usable response, and
/// <see cref="OperationCanceledException"/> if cancelled. Reads may be retried internally. The writes are not: they throw
/// <see cref="UncertainResultException"/> if the response was lost.
/// </remarks>
internal interface IPromotionApi
{
    /// <summary>One page of the promotions.</summary>
    /// <param name="nameLike">A name in the API's <c>ilike</c> form (<c>*</c> at the start or the end), or null for all.</param>
    /// <param name="offset">How many records to skip, at most 10,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken);

    /// <summary>One page of the promotions that have a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="offset">How many records to skip, at most 10,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Page<Promotion>> ListPromotionsWithCodeAsync(string code, int offset, CancellationToken cancellationToken);

    /// <summary>One promotion.</summary>
    Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken);

    /// <summary>Creates a promotion. The API has no idempotency key: <see cref="PromotionCreator"/> creates exactly once.</summary>
    Task<Promotion> CreatePromotionAsync(PromotionFields fields, CancellationToken cancellationToken);

    /// <summary>Replaces the fields that are not null.</summary>
    Task<Promotion> UpdatePromotionAsync(string promotionId, PromotionFields fields, CancellationToken cancellationToken);

    /// <summary>Deletes a promotion with its codes and jobs.</summary>
    Task DeletePromotionAsync(string promotionId, CancellationToken cancellationToken);
}

using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// The API's single codes of a promotion, one method a request (api-contract.md section 6).
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> when the store refused the request, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> when there was no usable response, and
/// <see cref="OperationCanceledException"/> when cancelled. Reads may be retried internally.
/// </remarks>
internal interface ICodeApi
{
    /// <summary>
    /// One page of a promotion's codes, sorted by code. Past 10,000 an offset does not reach: walk on by the last code seen.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="after">Only codes that sort after this one, or null to begin.</param>
    /// <param name="offset">How many of those to leave out, at most 10,000.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EpPromoException"><c>BadFilter</c>: the store cannot read <paramref name="after"/> in a filter.</exception>
    Task<Page<PromotionCode>> ListCodesAsync(string promotionId, string? after, int offset, CancellationToken cancellationToken);

    /// <summary>Deletes codes of a promotion by their texts; a code that is not there any more is no error.</summary>
    Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken);
}

using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// The API's codes of a promotion, one method for each request (api-contract.md section 6).
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> if the store rejected the request, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> if there was no usable response, and
/// <see cref="OperationCanceledException"/> if cancelled. Reads may be retried internally.
/// </remarks>
internal interface ICodeApi
{
    /// <summary>
    /// One page of a promotion's codes, sorted by code. An offset cannot exceed 10,000: continue after the last code of the previous page.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="after">Only codes that sort after this one, or null for all.</param>
    /// <param name="offset">How many of those to skip, at most 10,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="EpPromoException"><c>BadFilter</c>: the store rejects <paramref name="after"/> in a filter.</exception>
    Task<Page<PromotionCode>> ListCodesAsync(string promotionId, string? after, int offset, CancellationToken cancellationToken);

    /// <summary>The code with a text, or null if the list does not show it. Whether the store ignores case is not documented.</summary>
    /// <exception cref="EpPromoException"><c>BadFilter</c>: the store rejects <paramref name="code"/> in a filter, or ignores the filter.</exception>
    Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken);

    /// <summary>Adds codes to a promotion.</summary>
    /// <exception cref="ApiException"><c>DuplicateCode</c>: the promotion has one of the codes.</exception>
    /// <exception cref="UncertainResultException">The response was lost.</exception>
    Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken);

    /// <summary>Deletes codes of a promotion by their text. How the API responds if some do not exist is not published.</summary>
    /// <exception cref="ApiException"><c>NotFound</c>: the promotion does not exist, or does not have one of the codes.</exception>
    /// <exception cref="UncertainResultException">The response was lost.</exception>
    Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken);
}

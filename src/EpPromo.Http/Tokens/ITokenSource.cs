using EpPromo.Api;

namespace EpPromo.Http.Tokens;

/// <summary>Where the bearer token comes from.</summary>
internal interface ITokenSource
{
    /// <summary>Whether <see cref="RenewAsync"/> can get another token.</summary>
    bool CanRenew { get; }

    /// <summary>A valid token.</summary>
    Task<AccessToken> GetAsync(IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>A token other than <paramref name="rejected"/>, which the store no longer accepts.</summary>
    Task<AccessToken> RenewAsync(AccessToken rejected, IRequestObserver observer, CancellationToken cancellationToken);
}

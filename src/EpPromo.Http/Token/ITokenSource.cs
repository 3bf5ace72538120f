using EpPromo.Api;

namespace EpPromo.Http;

/// <summary>Where the bearer token comes from.</summary>
internal interface ITokenSource
{
    /// <summary>Whether <see cref="RenewAsync"/> can bring another token.</summary>
    bool CanRenew { get; }

    /// <summary>A token that is good for now.</summary>
    Task<AccessToken> GetAsync(IRequestObserver observer, CancellationToken cancellationToken);

    /// <summary>A token other than <paramref name="dead"/>, which the store does not take any more.</summary>
    Task<AccessToken> RenewAsync(AccessToken dead, IRequestObserver observer, CancellationToken cancellationToken);
}

using System.Security;
using EpPromo.Api;

namespace EpPromo.Http;

/// <summary>A token that the user brought along; when it is dead there is no other.</summary>
internal sealed class GivenToken : ITokenSource
{
    private readonly AccessToken _token;

    public GivenToken(SecureString token) => _token = new AccessToken(token, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

    public bool CanRenew => false;

    public Task<AccessToken> GetAsync(IRequestObserver observer, CancellationToken cancellationToken) =>
        AccessToken.IsToken(_token.Reveal())
            ? Task.FromResult(_token)
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadAccessToken), SR.DetailInvalidTokenCharacter);

    public Task<AccessToken> RenewAsync(AccessToken dead, IRequestObserver observer, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A given token cannot be renewed.");
}

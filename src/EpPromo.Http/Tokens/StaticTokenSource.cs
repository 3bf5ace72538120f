using System.Security;
using EpPromo.Api;

namespace EpPromo.Http.Tokens;

/// <summary>A token that the user supplied. It cannot be renewed.</summary>
internal sealed class StaticTokenSource : ITokenSource
{
    private readonly AccessToken _token;

    public StaticTokenSource(SecureString token) => _token = new AccessToken(token, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

    public bool CanRenew => false;

    public Task<AccessToken> GetAsync(IRequestObserver observer, CancellationToken cancellationToken) =>
        AccessToken.IsToken(_token.Reveal())
            ? Task.FromResult(_token)
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadAccessToken), SR.DetailInvalidTokenCharacter);

    public Task<AccessToken> RenewAsync(AccessToken rejected, IRequestObserver observer, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A token that was supplied cannot be renewed.");
}

using System.Security;
using EpPromo.Text;

namespace EpPromo.Stores;

/// <summary>How a store is told who asks (api-contract.md section 2). The secret stays a <see cref="SecureString"/> until it is sent.</summary>
internal sealed class StoreCredential
{
    private StoreCredential(string? clientId, SecureString secret)
    {
        ClientId = clientId;
        Secret = secret;
    }

    /// <summary>The client id, or null when an access token was given.</summary>
    public string? ClientId { get; }

    /// <summary>The client secret or, without a client id, the access token itself.</summary>
    internal SecureString Secret { get; }

    /// <summary>A client id and its secret: tokens are asked for as needed.</summary>
    /// <exception cref="EpPromoException">One of them cannot be right; nothing is sent.</exception>
    public static StoreCredential FromClient(string clientId, SecureString clientSecret)
    {
        if (clientId.Trim().Length == 0 || clientId.Any(char.IsWhiteSpace) || InvisibleCharacter.In(clientId) is not null)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadClientId));
        }

        return new StoreCredential(clientId, Checked(clientSecret, nameof(SR.BadClientSecret)));
    }

    /// <summary>An access token that somebody else asked for; it cannot be refreshed.</summary>
    /// <exception cref="EpPromoException">It cannot be right; nothing is sent.</exception>
    public static StoreCredential FromAccessToken(SecureString accessToken) => new(null, Checked(accessToken, nameof(SR.BadAccessToken)));

    private static SecureString Checked(SecureString secret, string errorId) =>
        secret.Length == 0 ? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.EmptySecret))
        : SecretCheck.In(secret) is { } fault ? throw new EpPromoException(ErrorKind.InvalidArgument, errorId, fault)
        : secret.Copy();
}

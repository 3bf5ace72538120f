using System.Security;
using EpPromo.Text;

namespace EpPromo.Stores;

/// <summary>The credentials for a store (api-contract.md section 2). The secret stays a <see cref="SecureString"/> until it is sent.</summary>
internal sealed class StoreCredential
{
    private StoreCredential(string? clientId, SecureString secret)
    {
        ClientId = clientId;
        Secret = secret;
    }

    /// <summary>The client id, or null for an access token.</summary>
    public string? ClientId { get; }

    /// <summary>The client secret or, without a client id, the access token itself.</summary>
    internal SecureString Secret { get; }

    /// <summary>A client id and its secret: tokens are requested as needed.</summary>
    /// <exception cref="EpPromoException">One of them is invalid; nothing is sent.</exception>
    public static StoreCredential FromClient(string clientId, SecureString clientSecret)
    {
        if (clientId.Trim().Length == 0 || clientId.Any(char.IsWhiteSpace) || InvisibleCharacter.FindFirst(clientId) is not null)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadClientId));
        }

        return new StoreCredential(clientId, Checked(clientSecret, nameof(SR.BadClientSecret)));
    }

    /// <summary>An access token from elsewhere; it cannot be refreshed.</summary>
    /// <exception cref="EpPromoException">It is invalid; nothing is sent.</exception>
    public static StoreCredential FromAccessToken(SecureString accessToken) => new(null, Checked(accessToken, nameof(SR.BadAccessToken)));

    private static SecureString Checked(SecureString secret, string errorId) =>
        secret.Length == 0 ? throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.EmptySecret))
        : SecretCheck.FindFault(secret) is { } fault ? throw new EpPromoException(ErrorKind.InvalidArgument, errorId, fault)
        : secret.Copy();
}

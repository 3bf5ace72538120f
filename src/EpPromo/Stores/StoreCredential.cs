using System.Security;

namespace EpPromo;

/// <summary>How a store is told who asks (api-contract.md section 2). The secret stays a <see cref="SecureString"/> until it is sent.</summary>
public sealed class StoreCredential
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
    public static StoreCredential FromClient(string clientId, SecureString clientSecret)
    {
        if (clientId.Trim().Length == 0 || clientId.Any(char.IsControl))
        {
            throw new EpPromoException(ErrorKind.BadInput, nameof(SR.BadClientId));
        }

        return clientSecret.Length == 0
            ? throw new EpPromoException(ErrorKind.BadInput, nameof(SR.EmptySecret))
            : new StoreCredential(clientId, clientSecret.Copy());
    }

    /// <summary>An access token that somebody else asked for; it cannot be refreshed.</summary>
    public static StoreCredential FromAccessToken(SecureString accessToken) =>
        accessToken.Length == 0
            ? throw new EpPromoException(ErrorKind.BadInput, nameof(SR.EmptySecret))
            : new StoreCredential(null, accessToken.Copy());
}

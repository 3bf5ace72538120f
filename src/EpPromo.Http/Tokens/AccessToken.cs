using System.Security;
using EpPromo.Stores;

namespace EpPromo.Http.Tokens;

/// <summary>A bearer token.</summary>
internal sealed class AccessToken
{
    private readonly SecureString _secret;

    public AccessToken(SecureString secret, DateTimeOffset renewAt, DateTimeOffset expiresAt)
    {
        _secret = secret;
        RenewAt = renewAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>When a new one should be requested.</summary>
    public DateTimeOffset RenewAt { get; }

    /// <summary>Until when this one can be used.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The token as plain text, for the Authorization header only.</summary>
    public string Reveal() => _secret.ToPlainText();

    /// <summary>Whether <paramref name="text"/> can be a token. Other characters could end the header and start another.</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f');
}

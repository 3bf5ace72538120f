using System.Security;

namespace EpPromo.Http;

/// <summary>A bearer token. It shows itself to nobody but the sender.</summary>
internal sealed class AccessToken
{
    private readonly SecureString _secret;

    public AccessToken(SecureString secret, DateTimeOffset renewAt, DateTimeOffset expiresAt)
    {
        _secret = secret;
        RenewAt = renewAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>When a new one has to be asked for.</summary>
    public DateTimeOffset RenewAt { get; }

    /// <summary>Until when this one serves, if no new one can be had.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The token for the Authorization header.</summary>
    public string Reveal() => PlainText.Of(_secret);

    /// <summary>Whether <paramref name="text"/> can be a token: anything else would break out of the header.</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f');
}

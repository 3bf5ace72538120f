using System.Security.Cryptography;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Tokens;

/// <summary>Issues access tokens and knows which are valid (contract section 2).</summary>
internal sealed class TokenRegistry(SandboxOptions options, SandboxClock clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);

    /// <summary>Issues a token.</summary>
    /// <param name="readOnly">Whether it only allows GET, as the token of an implicit grant does.</param>
    public (string Value, DateTimeOffset Expires) Issue(bool readOnly)
    {
        string value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        DateTimeOffset now = clock.UtcNow;
        DateTimeOffset expires = now + options.TokenLifetime;
        lock (_lock)
        {
            foreach (string expired in _tokens.Where(entry => entry.Value.Expires <= now).Select(entry => entry.Key).ToList())
            {
                _tokens.Remove(expired);
            }

            _tokens[value] = new Token(expires, readOnly);
        }

        return (value, expires);
    }

    /// <summary>Whether a token is valid, and if so, whether it is read-only.</summary>
    public bool TryValidate(string value, out bool readOnly)
    {
        lock (_lock)
        {
            bool valid = _tokens.TryGetValue(value, out Token token) && token.Expires > clock.UtcNow;
            readOnly = token.ReadOnly;
            return valid;
        }
    }

    public void RevokeAll()
    {
        lock (_lock)
        {
            _tokens.Clear();
        }
    }

    private readonly record struct Token(DateTimeOffset Expires, bool ReadOnly);
}

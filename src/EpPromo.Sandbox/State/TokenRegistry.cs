using System.Security.Cryptography;

namespace EpPromo.Sandbox.State;

/// <summary>The tokens that are alive (contract section 2).</summary>
internal sealed class TokenRegistry(SandboxOptions options, SandboxClock clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);

    /// <summary>Issues a token. An implicit one is read-only.</summary>
    public (string Value, DateTimeOffset Expires) Issue(bool readOnly)
    {
        string value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        DateTimeOffset now = clock.UtcNow;
        DateTimeOffset expires = now + options.TokenLifetime;
        lock (_lock)
        {
            foreach (string dead in _tokens.Where(entry => entry.Value.Expires <= now).Select(entry => entry.Key).ToList())
            {
                _tokens.Remove(dead);
            }

            _tokens[value] = new Token(expires, readOnly);
        }

        return (value, expires);
    }

    /// <summary>Whether a token is alive, and if so what it may do.</summary>
    public bool TryUse(string value, out bool readOnly)
    {
        lock (_lock)
        {
            bool alive = _tokens.TryGetValue(value, out Token token) && token.Expires > clock.UtcNow;
            readOnly = token.ReadOnly;
            return alive;
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

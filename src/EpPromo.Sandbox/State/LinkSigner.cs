using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EpPromo.Sandbox.State;

/// <summary>Signs links to exported files and checks them (contract section 5, "File").</summary>
internal sealed class LinkSigner(SandboxOptions options, SandboxClock clock)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private int _key = 1;

    /// <summary>The query of a link to a path, good from now for as long as links live.</summary>
    public string Sign(string path)
    {
        string key = KeyId(Volatile.Read(ref _key));
        string expires = (clock.UtcNow + options.LinkLifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"?Expires={expires}&Signature={Signature(path, expires, key)}&Key-Pair-Id={key}";
    }

    /// <summary>Whether the query of a link is one that was signed for this path and has not expired.</summary>
    public bool IsGood(string path, string expires, string signature, string key) =>
        key == KeyId(Volatile.Read(ref _key))
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Signature(path, expires, key)))
        && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
        && clock.UtcNow.ToUnixTimeSeconds() < at;

    /// <summary>Lets every link handed out so far be refused.</summary>
    public void ExpireAll() => Interlocked.Increment(ref _key);

    private static string KeyId(int key) => string.Create(CultureInfo.InvariantCulture, $"KSANDBOX{key:D4}");

    // The signer of the real links writes base64 with -, _ and ~ in place of what a URL would have to escape.
    private string Signature(string path, string expires, string key) =>
        Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{path}\n{expires}\n{key}")))
            .Replace('+', '-').Replace('=', '_').Replace('/', '~');
}

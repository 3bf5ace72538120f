using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Exports;

/// <summary>Signs links to exported files and validates them (contract section 5, "File").</summary>
internal sealed class LinkSigner(SandboxOptions options, SandboxClock clock)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private int _keyNumber = 1;

    /// <summary>The query of a link to a path; the link expires after <see cref="SandboxOptions.LinkLifetime"/>.</summary>
    public string Sign(string path)
    {
        string keyId = KeyId(Volatile.Read(ref _keyNumber));
        string expires = (clock.UtcNow + options.LinkLifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"?Expires={expires}&Signature={Signature(path, expires, keyId)}&Key-Pair-Id={keyId}";
    }

    /// <summary>Whether the query of a link was signed for this path and has not expired.</summary>
    public bool IsValid(string path, string expires, string signature, string keyId) =>
        keyId == KeyId(Volatile.Read(ref _keyNumber))
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Signature(path, expires, keyId)))
        && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
        && clock.UtcNow.ToUnixTimeSeconds() < at;

    /// <summary>Makes every link signed so far invalid.</summary>
    public void ExpireAll() => Interlocked.Increment(ref _keyNumber);

    private static string KeyId(int number) => string.Create(CultureInfo.InvariantCulture, $"KSANDBOX{number:D4}");

    // As in the API's real links, base64 with -, _ and ~ in place of the characters that a URL would have to escape.
    private string Signature(string path, string expires, string keyId) =>
        Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{path}\n{expires}\n{keyId}")))
            .Replace('+', '-').Replace('=', '_').Replace('/', '~');
}

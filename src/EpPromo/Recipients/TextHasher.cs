using System.Security.Cryptography;
using System.Text;
using EpPromo.Text;

namespace EpPromo.Recipients;

/// <summary>
/// Hashes the texts that tell recipients, or codes, apart. Texts that differ only in case, in white space around them, or in the Unicode
/// form of a letter are the same.
/// </summary>
internal sealed class TextHasher : IDisposable
{
    private readonly SHA256 _sha = SHA256.Create();
    private byte[] _bytes = new byte[256];

    public TextHash Of(string text)
    {
        string normalized = NormalizedText.Of(text.Trim()).ToUpperInvariant();
        int maxCount = Encoding.UTF8.GetMaxByteCount(normalized.Length);
        if (maxCount > _bytes.Length)
        {
            _bytes = new byte[maxCount];
        }

        byte[] hash = _sha.ComputeHash(_bytes, 0, Encoding.UTF8.GetBytes(normalized, 0, normalized.Length, _bytes, 0));
        return new TextHash(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, sizeof(ulong)));
    }

    public void Dispose() => _sha.Dispose();
}

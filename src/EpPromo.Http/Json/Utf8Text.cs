using System.Text;

namespace EpPromo.Http.Json;

/// <summary>A text as the bytes in which it came: valid UTF-8, without a byte order mark. Responses are read from it without being copied.</summary>
internal sealed class Utf8Text
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private readonly int _start;

    private Utf8Text(byte[] bytes, int start, int end)
    {
        _bytes = bytes;
        _start = start;
        Length = end - start;
    }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => new(_bytes, _start, Length);

    /// <summary>The text in UTF-8.</summary>
    public static Utf8Text Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// The first <paramref name="length"/> of <paramref name="bytes"/>, which must no longer change. They are UTF-8 unless a byte order mark
    /// says otherwise. What is invalid becomes U+FFFD.
    /// </summary>
    public static Utf8Text Decode(byte[] bytes, int length)
    {
        int start = StartsWithMark(bytes, length) ? 3 : 0;
        if (!HasOtherMark(bytes, length) && IsValid(bytes, start, length))
        {
            return new Utf8Text(bytes, start, length);
        }

        using StreamReader reader = new(new MemoryStream(bytes, 0, length), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
        return Of(reader.ReadToEnd());
    }

    /// <summary>A part as text.</summary>
    public string GetString(int start, int length) => Encoding.UTF8.GetString(_bytes, _start + start, length);

    /// <inheritdoc/>
    public override string ToString() => GetString(0, Length);

    private static Utf8Text Of(byte[] valid) => new(valid, 0, valid.Length);

    private static bool StartsWithMark(byte[] bytes, int length) => length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;

    /// <summary>Whether it may be UTF-16 or UTF-32: UTF-8 never begins so.</summary>
    private static bool HasOtherMark(byte[] bytes, int length) =>
        length >= 2 && ((bytes[0] == 0xFE && bytes[1] == 0xFF) || (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0 && bytes[1] == 0));

    private static bool IsValid(byte[] bytes, int start, int end)
    {
        try
        {
            return s_strict.GetCharCount(bytes, start, end - start) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

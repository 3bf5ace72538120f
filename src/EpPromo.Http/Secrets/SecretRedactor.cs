using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EpPromo.Http.Secrets;

/// <summary>
/// Removes secrets from responses: one may repeat what was sent, as it was or escaped, for JSON, for a URL or for both. Errors,
/// verbose lines and models are all made of texts that were redacted here, so that no other code has to think of it.
/// </summary>
internal sealed class SecretRedactor
{
    private const string Replacement = "***";

    /// <summary>A very short secret is part of ordinary words, and redacting those would reveal it.</summary>
    private const int MinLength = 8;

    /// <summary>
    /// JSON within JSON doubles the backslashes. The limit keeps a long row of them from being read again from each of its positions.
    /// </summary>
    private const int MaxBackslashes = 8;

    /// <summary>How many bytes a character has at most: three that are percent-encoded, of which each of three characters is escaped.</summary>
    private const int MaxEscapedLength = 3 * 3 * (MaxBackslashes + 5);

    /// <summary>The letters and digits, those first that are rarest in responses.</summary>
    private const string RarestFirst = "zqjxwkvyhgpubmflc9876543210dsnroiatZQJXWKVYHGPUBMFLCDSNROIATeE";

    /// <summary>
    /// The user info of a URL, up to the last @ before its path: the runtime writes addresses with blanks and @ unescaped, and JSON may
    /// escape the slashes. It rather matches too much than too little.
    /// </summary>
    private static readonly Regex s_userInfo = new(@"(?<=:\\*/\\*/)[^/?#\r\n]*@", RegexOptions.CultureInvariant);

    private readonly string[] _secrets;

    /// <summary>A part of each secret, which begins with a rare character; null if there is none.</summary>
    private readonly string?[] _rareParts;

    /// <summary>Redacts <paramref name="secrets"/>, which stay plain text in memory as long as this object does.</summary>
    public SecretRedactor(params string[] secrets)
    {
        _secrets = [.. secrets.Where(secret => secret.Length >= MinLength)];
        _rareParts = [.. _secrets.Select(RarePart)];
    }

    /// <summary>Redacts what makes a signed link a secret: the values of its query.</summary>
    public static SecretRedactor ForLink(Uri link) =>
        new([.. link.Query.TrimStart('?').Split('&').Select(field => Uri.UnescapeDataString(field.Substring(field.IndexOf('=') + 1)))]);

    /// <summary>
    /// The text without the user info of the URLs in it. For texts of the runtime, of libraries and of errors, which name proxies and hosts.
    /// Not for data, which must stay as it is.
    /// </summary>
    public static string RemoveUserInfo(string text) => text.IndexOf('@') < 0 ? text : s_userInfo.Replace(text, "");

    /// <summary>
    /// Whether a text in UTF-8 may hold a secret, so that it has to be redacted. This is much faster, because only the places are looked at
    /// where a rare character of the secret may be.
    /// </summary>
    public bool MayBeIn(ReadOnlySpan<byte> text)
    {
        foreach (string? part in _rareParts)
        {
            if (part is null || MayBeIn(text, part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with stars in place of the secrets.</summary>
    public string Redact(string text) => _secrets.Aggregate(text, Redact);

    private static string? RarePart(string secret)
    {
        int last = secret.Length - MinLength;
        char rarest = RarestFirst.FirstOrDefault(c => secret.IndexOf(c) is >= 0 and var at && at <= last);
        return rarest == default ? null : secret.Substring(secret.IndexOf(rarest), MinLength);
    }

    private static bool MayBeIn(ReadOnlySpan<byte> text, string part)
    {
        // The first character as it is, in either case, or escaped.
        ReadOnlySpan<byte> starts = [(byte)char.ToLowerInvariant(part[0]), (byte)char.ToUpperInvariant(part[0]), (byte)'\\', (byte)'%'];
        for (int at = text.IndexOfAny(starts); at >= 0; at = text.IndexOfAny(starts))
        {
            text = text.Slice(at);
            if (MayBeginWith(text, part))
            {
                return true;
            }

            text = text.Slice(1);
        }

        return false;
    }

    private static bool MayBeginWith(ReadOnlySpan<byte> text, string part)
    {
        for (int i = 0; i < part.Length && i < text.Length; i++)
        {
            if (text[i] is (byte)'\\' or (byte)'%' || part[i] is ' ' or > '\u007f')
            {
                // Rare enough to be compared as text.
                int length = Math.Min(text.Length, part.Length * MaxEscapedLength);
                return EndOf(Encoding.UTF8.GetString(text.Slice(0, length).ToArray()), 0, part) >= 0;
            }

            if (!IsSame((char)text[i], part[i]))
            {
                return false;
            }
        }

        return text.Length >= part.Length;
    }

    private static string Redact(string text, string secret)
    {
        StringBuilder? redacted = null;
        int done = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = EndOf(text, at, secret);
            if (end < 0)
            {
                at++;
                continue;
            }

            redacted = (redacted ?? new StringBuilder()).Append(text, done, at - done).Append(Replacement);
            done = at = end;
        }

        return redacted?.Append(text, done, text.Length - done).ToString() ?? text;
    }

    /// <summary>Where the secret that begins at <paramref name="at"/> ends; -1 when none begins there.</summary>
    private static int EndOf(string text, int at, string secret)
    {
        foreach (char wanted in secret)
        {
            at = After(text, at, wanted);
            if (at < 0)
            {
                return -1;
            }
        }

        // In JSON, a backslash at the end of the secret is two. Half of the two would escape the quote that follows.
        while (text[at - 1] == '\\' && at < text.Length && text[at] == '\\')
        {
            at++;
        }

        return at;
    }

    /// <summary>
    /// Where the character <paramref name="wanted"/> at <paramref name="at"/> ends, in whatever form; -1 when it is another one.
    /// </summary>
    private static int After(string text, int at, char wanted)
    {
        if (at < text.Length && IsSame(text[at], wanted))
        {
            return at + 1;
        }

        int end = Unescape(text, at, out char found);
        if (end < 0 || IsSame(found, wanted) || (found == '+' && wanted == ' '))
        {
            return end;
        }

        return found == '%' ? AfterEncoded(text, at, wanted) : -1;
    }

    /// <summary>The same for a character escaped for a URL: <c>%2B</c>, or several of these when it is not ASCII.</summary>
    private static int AfterEncoded(string text, int at, char wanted)
    {
        foreach (byte part in Encoding.UTF8.GetBytes(new[] { wanted }))
        {
            foreach (char expected in "%" + part.ToString("X2", CultureInfo.InvariantCulture))
            {
                at = Unescape(text, at, out char found);
                if (at < 0 || !IsSame(found, expected))
                {
                    return -1;
                }
            }
        }

        return at;
    }

    /// <summary>Reads a character that may be escaped for JSON: <c>\u002B</c>, <c>\/</c>.</summary>
    /// <returns>Where it ends; -1 at the end of the text.</returns>
    private static int Unescape(string text, int at, out char found)
    {
        int start = at;
        while (at < text.Length && text[at] == '\\' && at - start < MaxBackslashes)
        {
            at++;
        }

        if (at >= text.Length)
        {
            found = default;
            return -1;
        }

        if (at > start && text[at] == 'u' && at + 5 <= text.Length
            && ushort.TryParse(text.Substring(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            found = (char)code;
            return at + 5;
        }

        found = text[at];
        return at + 1;
    }

    /// <summary>Ignores the case: hosts become lower case, percent codes come in either.</summary>
    private static bool IsSame(char one, char other) => one == other || char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}

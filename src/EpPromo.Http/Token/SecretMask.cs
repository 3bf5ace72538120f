using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EpPromo.Http;

/// <summary>
/// Takes secrets out of what came back: an answer may repeat what was sent, as it was or escaped, for JSON, for a URL, or for both.
/// Errors, lines and models are all made of texts that went through here, so that nobody else has to think of it.
/// </summary>
internal sealed class SecretMask
{
    private const string Mask = "***";

    /// <summary>A very short secret stands in ordinary words, and masking those would tell it.</summary>
    private const int Shortest = 8;

    /// <summary>Each JSON inside of another doubles the backslashes. A long row of them must not be read again from each of its places.</summary>
    private const int MostBackslashes = 8;

    /// <summary>
    /// The user info of a URL, to the last @ before its path: the runtime writes an address with blanks and @ unescaped, JSON may escape the
    /// slashes. Rather too much is taken away than too little.
    /// </summary>
    private static readonly Regex s_userInfo = new(@"(?<=:\\*/\\*/)[^/?#\r\n]*@", RegexOptions.CultureInvariant);

    private readonly string[] _secrets;

    /// <summary>Masks <paramref name="secrets"/>, which are plain text for as long as this is kept.</summary>
    public SecretMask(params string[] secrets) => _secrets = [.. secrets.Where(secret => secret.Length >= Shortest)];

    /// <summary>Masks what makes a signed link a secret: the values of its query.</summary>
    public static SecretMask OfLink(Uri link) =>
        new([.. link.Query.TrimStart('?').Split('&').Select(field => Uri.UnescapeDataString(field.Substring(field.IndexOf('=') + 1)))]);

    /// <summary>
    /// The text without the user info of any URL in it. For texts of the runtime, of libraries and of errors, which name proxies and hosts;
    /// not for data, which has to stay as it is.
    /// </summary>
    public static string HideUserInfo(string text) => text.IndexOf('@') < 0 ? text : s_userInfo.Replace(text, "");

    /// <summary>The text with stars in place of secrets.</summary>
    public string Hide(string text) => _secrets.Aggregate(text, Hide);

    private static string Hide(string text, string secret)
    {
        StringBuilder? masked = null;
        int done = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = EndOf(text, at, secret);
            if (end < 0)
            {
                at++;
                continue;
            }

            masked = (masked ?? new StringBuilder()).Append(text, done, at - done).Append(Mask);
            done = at = end;
        }

        return masked?.Append(text, done, text.Length - done).ToString() ?? text;
    }

    /// <summary>Where the secret ends that begins at <paramref name="at"/>; -1 when none does.</summary>
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

        // A last backslash is two in JSON; half of the two would escape the quote behind it.
        while (text[at - 1] == '\\' && at < text.Length && text[at] == '\\')
        {
            at++;
        }

        return at;
    }

    /// <summary>Where a character ends that stands at <paramref name="at"/> in any form; -1 when another one does.</summary>
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

    /// <summary>The same for a character in the form of URLs: <c>%2B</c>, or more of these when it is not ASCII.</summary>
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

    /// <summary>Reads a character as it may stand in JSON: <c>\u002B</c>, <c>\/</c>, or as it is. Where it ends; -1 at the end of the text.</summary>
    private static int Unescape(string text, int at, out char found)
    {
        int start = at;
        while (at < text.Length && text[at] == '\\' && at - start < MostBackslashes)
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

    /// <summary>Whatever the case: hosts are written in small letters, codes in either.</summary>
    private static bool IsSame(char one, char other) => one == other || char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}

using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>What a generated code looks like (api-contract.md section 5): the prefix, and a dash after every four generated characters.</summary>
internal static class CodeShape
{
    private const int GroupLength = 4;

    /// <summary>
    /// Whether a code looks like one of a job. Whether a dash at the end of a prefix is doubled is not said, so any number of dashes may
    /// stand there.
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="prefix">The job's prefix, or null.</param>
    /// <param name="length">How many characters it generates; null for the API's default.</param>
    public static bool Fits(string code, string? prefix, int? length)
    {
        string start = ComposedText.Of(prefix ?? "").TrimEnd('-');
        string text = ComposedText.Of(code);
        return text.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            && IsGenerated(text.Substring(start.Length).TrimStart('-'), length ?? NewJob.MinCodeLength);
    }

    private static bool IsGenerated(string text, int length)
    {
        int lastDash = (length - 1) / GroupLength;
        if (text.Length != length + lastDash)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool isDash = i % (GroupLength + 1) == GroupLength;
            if (isDash ? text[i] != '-' : !char.IsLetterOrDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}

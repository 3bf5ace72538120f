using System.Text;
using EpPromo.Text;

namespace EpPromo.Http;

/// <summary>Filters in the API's own language (api-contract.md section 6).</summary>
internal static class ApiFilter
{
    /// <summary>All that the filters of one request may have together (api-contract.md section 3). Counted as they are sent.</summary>
    private const int MaxLength = 8 * 1024;

    /// <summary>
    /// <c>ilike(name,'Summer *')</c>, or null when the API cannot say it: a star within the name stands for anything, so it is not one of the
    /// name's own.
    /// </summary>
    public static string? NameLike(string? pattern) =>
        pattern?.Trim('*') is { Length: > 0 } inner && !inner.Contains('*') && $"ilike(name,{Quoted(pattern)})" is var filter && Fits(filter)
            ? filter
            : null;

    /// <summary><c>eq(job_type,'code_export')</c>, or null for all types.</summary>
    public static string? JobType(string? jobType) =>
        jobType is { Length: > 0 } && $"eq(job_type,{Value(jobType)})" is var filter && Fits(filter) ? filter : null;

    /// <summary><c>gt(code,'summer-aa2b-3c4d')</c>, or null to begin at the start.</summary>
    /// <exception cref="EpPromoException">The code is longer than a filter can be, so there is no way past it.</exception>
    public static string? CodeAfter(string? code) =>
        code is null ? null
        : $"gt(code,{Value(code)})" is var filter && Fits(filter) ? filter
        : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), DisplayText.Short(code, 200));

    /// <summary>ASCII letters and digits may stand bare; anything else has to be quoted.</summary>
    private static string Value(string text) => text.Length > 0 && text.All(IsAsciiLetterOrDigit) ? text : Quoted(text);

    private static string Quoted(string text)
    {
        StringBuilder quoted = new StringBuilder("'", text.Length + 2);
        foreach (char c in text)
        {
            if (c is '\'' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.Append('\'').ToString();
    }

    private static bool IsAsciiLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    private static bool Fits(string filter) => filter.Length <= MaxLength && Uri.EscapeDataString(filter).Length <= MaxLength;
}

using System.Globalization;
using System.Text;
using EpPromo.Text;

namespace EpPromo.Http.Requests;

/// <summary>Filters in the API's own language (api-contract.md section 6).</summary>
internal static class ApiFilter
{
    /// <summary>Of the filters of one request together, in bytes as they are sent (api-contract.md section 3).</summary>
    private const int MaxLength = 8 * 1024;

    /// <summary>
    /// <c>ilike(name,'Summer *')</c>, or null when the API has no such filter: it supports wildcards only at the beginning and the end.
    /// </summary>
    public static string? NameLike(string? pattern) =>
        pattern?.Trim('*') is { Length: > 0 } inner && !inner.Contains('*') && $"ilike(name,{Quoted(pattern)})" is var filter && Fits(filter)
            ? filter
            : null;

    /// <summary><c>eq(job_type,'code_export')</c>, or null for all types.</summary>
    public static string? JobType(string? jobType) =>
        jobType is { Length: > 0 } && $"eq(job_type,{Value(jobType)})" is var filter && Fits(filter) ? filter : null;

    /// <summary><c>gt(code,'summer-aa2b-3c4d')</c>, or null to start with the first.</summary>
    /// <exception cref="EpPromoException">The code is longer than a filter can be.</exception>
    public static string? CodeAfter(string? code) => code is null ? null : Code("gt", code);

    /// <summary><c>eq(code,'summer-aa2b-3c4d')</c>.</summary>
    /// <exception cref="EpPromoException">The code is longer than a filter can be.</exception>
    public static string CodeIs(string code) => Code("eq", code);

    private static string Code(string comparison, string code) =>
        $"{comparison}(code,{Value(code)})" is var filter && Fits(filter)
            ? filter
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), DisplayText.Short(code, 200));

    /// <summary><c>eq(code,SAVE10):ge(used_on,'2026-01-31T00:00:00.000Z'):lt(used_on,…)</c>, or null for all usages.</summary>
    public static string? Usages(string? code, DateTimeOffset? since, DateTimeOffset? before)
    {
        List<string> terms = [];
        if (code is not null && $"eq(code,{Value(code)})" is var term && Fits(term))
        {
            terms.Add(term);
        }

        if (since is { } start)
        {
            terms.Add($"ge(used_on,{Time(start)})");
        }

        if (before is { } end)
        {
            // A part of a millisecond would be cut off. The caller checks the time again.
            terms.Add($"lt(used_on,{Time(end.AddTicks(TimeSpan.TicksPerMillisecond - 1))})");
        }

        return terms.Count == 0 ? null : string.Join(":", terms);
    }

    private static string Time(DateTimeOffset time) =>
        Quoted(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>ASCII letters and digits need no quotes; anything else does.</summary>
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

namespace EpPromo.Http;

/// <summary>
/// Filters in the API's own language (api-contract.md section 6). How it escapes a quote is not published, so a value that would
/// need it gets no filter where the caller checks the answer anyway.
/// </summary>
internal static class ApiFilter
{
    private const int MaxValueLength = 200;

    /// <summary><c>ilike(name,'Summer *')</c>, or null when the API cannot say it.</summary>
    public static string? NameLike(string? pattern) =>
        pattern is null || pattern.Length is 0 or > MaxValueLength || pattern.Trim('*').Length == 0
        || !pattern.Trim('*').All(c => IsPlain(c) || c == ' ')
            ? null
            : $"ilike(name,'{pattern}')";

    /// <summary><c>eq(job_type,code_export)</c>, or null for all types.</summary>
    public static string? JobType(string? jobType) =>
        jobType is null || jobType.Length is 0 or > MaxValueLength || !jobType.All(IsPlain) ? null : $"eq(job_type,{jobType})";

    /// <summary><c>gt(code,summer-aa2b-3c4d)</c>, or null to begin at the start.</summary>
    /// <exception cref="EpPromoException">The code holds a character that a filter cannot, so there is no way past it.</exception>
    public static string? CodeAfter(string? code) =>
        code is null ? null
        : code.Length is 0 or > MaxValueLength || code.Any(c => c is '\'' or '\\' || char.IsControl(c))
            ? throw new EpPromoException(ErrorKind.BadInput, nameof(SR.BadFilter), DisplayText.Short(code, MaxValueLength))
        : code.All(IsPlain) ? $"gt(code,{code})"
        : $"gt(code,'{code}')";

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.';
}

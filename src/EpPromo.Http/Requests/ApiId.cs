namespace EpPromo.Http;

/// <summary>
/// Checks ids before they become a part of a URL: a promotion or job id is a UUID, so anything odd is a slip or an attack.
/// </summary>
internal static class ApiId
{
    private const int MaxLength = 128;
    private const int MaxShown = 60;

    /// <summary>The id itself.</summary>
    /// <exception cref="EpPromoException">It is empty, too long, or holds characters that no id has.</exception>
    public static string Checked(string? id) =>
        string.IsNullOrEmpty(id) || id!.Length > MaxLength || id is "." or ".." || !id.All(IsAllowed)
            ? throw new EpPromoException(ErrorKind.BadInput, nameof(SR.BadId), CleanText.Short(id ?? "", MaxShown))
            : id;

    private static bool IsAllowed(char c) => c is > ' ' and < '\x7f' and not ('/' or '\\');
}

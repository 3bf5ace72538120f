using System.Text.RegularExpressions;
using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>Adds the names of promotions to a text that contains their ids, for people who read it.</summary>
internal static class PromotionNameText
{
    /// <summary>The ids of promotions are UUIDs. One in a path or a quotation stays as it is.</summary>
    private static readonly Regex s_uuid = new(
        "(?<before>[/\\\\'\"]?)(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", RegexOptions.CultureInvariant);

    /// <summary>
    /// The text with <c>'Summer Sale' (id)</c> for the id of a known promotion. For an id in the path of a request, the name follows at the
    /// end of the line, so that the path can be copied.
    /// </summary>
    /// <param name="text">A message.</param>
    /// <param name="nameOf">The name of the promotion with an id; empty if there is none, or it is not known.</param>
    public static string Add(string text, Func<string, string> nameOf)
    {
        string? inPath = null;
        string result = s_uuid.Replace(text, match =>
        {
            string name = nameOf(match.Groups["id"].Value);
            if (name.Length == 0)
            {
                return match.Value;
            }

            if (match.Groups["before"].Length > 0)
            {
                inPath = match.Groups["before"].Value == "/" ? name : inPath;
                return match.Value;
            }

            return $"'{DisplayText.Clean(name)}' ({match.Value})";
        });
        return inPath is null ? result : $"{result} ({DisplayText.Clean(inPath)})";
    }
}

using System.Globalization;
using EpPromo.Text;
using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>
/// Reads fields liberally (missing or null is null, numbers may be texts and the other way round) but not blindly: a value
/// that cannot be what its field says is an unreadable answer. Fields that are only shown are not worth that: see <see cref="CosmeticFields"/>.
/// </summary>
internal static class JsonFields
{
    /// <summary>A text, control characters replaced; null when missing.</summary>
    public static string? Text(this JObject from, string name) => from[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        { Type: JTokenType.String or JTokenType.Integer or JTokenType.Float or JTokenType.Boolean } value =>
            DisplayText.Clean(Convert.ToString(((JValue)value).Value, CultureInfo.InvariantCulture) ?? ""),
        _ => throw UnreadableException.WrongType(name),
    };

    /// <summary>
    /// A text by which something is found again: an id, a code, a link. A number in its place is taken for a broken answer, because
    /// the thing that it would name does not exist. Null when missing or empty.
    /// </summary>
    public static string? Key(this JObject from, string name) =>
        from[name] is { Type: not (JTokenType.String or JTokenType.Null) } ? throw UnreadableException.WrongType(name)
        : from.Text(name) is { Length: > 0 } text ? text
        : null;

    /// <summary>A <see cref="Key"/> that has to be there.</summary>
    public static string RequiredKey(this JObject from, string name) =>
        from.Key(name) is { Length: > 0 } text ? text : throw UnreadableException.Missing(name);

    /// <summary>A whole number; null when missing.</summary>
    public static int? Number(this JObject from, string name) => from.LongNumber(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and { } number => (int)number,
        _ => throw UnreadableException.WrongType(name),
    };

    /// <summary>A whole number that may be large; null when missing.</summary>
    public static long? LongNumber(this JObject from, string name)
    {
        JToken? value = from[name];
        if (value is null or { Type: JTokenType.Null })
        {
            return null;
        }

        string? text = value.Type is JTokenType.Integer or JTokenType.Float or JTokenType.String
            ? Convert.ToString(((JValue)value).Value, CultureInfo.InvariantCulture)
            : null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
                ? (long)number
                : throw UnreadableException.WrongType(name);
    }

    /// <summary>A count: a number that is not negative.</summary>
    public static int? Count(this JObject from, string name) =>
        from.Number(name) is not { } number ? null : number >= 0 ? number : throw UnreadableException.WrongType(name);

    /// <summary>Yes or no; false when missing.</summary>
    public static bool Flag(this JObject from, string name) => from[name] switch
    {
        null or { Type: JTokenType.Null } => false,
        { Type: JTokenType.Boolean } value => (bool)value,
        { Type: JTokenType.String } value when bool.TryParse((string?)value, out bool flag) => flag,
        _ => throw UnreadableException.WrongType(name),
    };

    /// <summary>
    /// A time; null when missing or empty. Nine fractional digits are cut to the seven that .NET keeps, and no zone means UTC.
    /// </summary>
    public static DateTimeOffset? Time(this JObject from, string name) => from[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        { Type: JTokenType.String } value when string.IsNullOrWhiteSpace((string?)value) => null,
        { Type: JTokenType.String } value when DateTimeOffset.TryParse(
            CutFraction((string)value!), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) => time,
        _ => throw UnreadableException.WrongType(name),
    };

    /// <summary>An object; null when missing.</summary>
    public static JObject? Object(this JObject from, string name) => from[name] switch
    {
        null or { Type: JTokenType.Null } => null,
        JObject found => found,
        _ => throw UnreadableException.WrongType(name),
    };

    /// <summary>The object <c>data</c>, which has to be there.</summary>
    public static JObject Data(this JObject from) => from.Object("data") ?? throw UnreadableException.Missing("data");

    /// <summary>The objects of a list; an empty one may be null, as some servers write it, but it has to be there.</summary>
    public static IEnumerable<JObject> Objects(this JObject from, string name) => from[name] switch
    {
        null => throw UnreadableException.Missing(name),
        { Type: JTokenType.Null } => [],
        JArray found => found.Select(item => item as JObject ?? throw UnreadableException.WrongType(name)),
        _ => throw UnreadableException.WrongType(name),
    };

    /// <summary>.NET Framework reads seven fractional digits at the most.</summary>
    private static string CutFraction(string time)
    {
        const int mostDigits = 7;
        int dot = time.LastIndexOf('.');
        if (dot < 0)
        {
            return time;
        }

        int end = dot + 1;
        while (end < time.Length && time[end] is >= '0' and <= '9')
        {
            end++;
        }

        return end - dot - 1 <= mostDigits ? time : time.Remove(dot + 1 + mostDigits, end - dot - 1 - mostDigits);
    }
}

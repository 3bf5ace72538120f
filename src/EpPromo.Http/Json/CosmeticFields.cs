using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>
/// Reads fields that are only shown, or that have a default: a value that cannot be what its field says is as good as none. What decides
/// something, such as an id, a status or a count that a run is calculated from, is read by <see cref="JsonFields"/>.
/// </summary>
internal static class CosmeticFields
{
    /// <summary>A text, or null.</summary>
    public static string? LooseText(this JObject from, string name) => Loosely(() => from.Text(name));

    /// <summary>A whole number, or null.</summary>
    public static int? LooseNumber(this JObject from, string name) => Loosely(() => from.Number(name));

    /// <summary>A whole number that may be large, or null.</summary>
    public static long? LooseLongNumber(this JObject from, string name) => Loosely(() => from.LongNumber(name));

    /// <summary>A count, or null.</summary>
    public static int? LooseCount(this JObject from, string name) => Loosely(() => from.Count(name));

    /// <summary>A time, or null.</summary>
    public static DateTimeOffset? LooseTime(this JObject from, string name) => Loosely(() => from.Time(name));

    /// <summary>An object, or null.</summary>
    public static JObject? LooseObject(this JObject from, string name) => from[name] as JObject;

    private static T? Loosely<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (UnreadableException)
        {
            return default;
        }
    }
}

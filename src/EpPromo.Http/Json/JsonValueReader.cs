using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using EpPromo.Documents;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads JSON of any form as a value (<see cref="DocumentValue"/>). Of several fields with one name, the last one counts.</summary>
internal static class JsonValueReader
{
    /// <summary>A value from a store: its texts are cleaned like all texts of a store (<see cref="DisplayText"/>).</summary>
    /// <exception cref="InvalidResponseException">It contains a number that is too large.</exception>
    public static object? ReadClean(JsonElement json)
    {
        try
        {
            return Read(json, DisplayText.Clean);
        }
        catch (FormatException)
        {
            throw InvalidResponseException.WrongType("rule_set");
        }
    }

    /// <summary>The value, which does not refer to <paramref name="json"/>.</summary>
    /// <exception cref="FormatException">It contains a number that is too large.</exception>
    public static object? Read(JsonElement json) => Read(json, text => text);

    private static object? Read(JsonElement json, Func<string, string> convert) => json.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(json, convert),
        JsonValueKind.Array => json.EnumerateArray().Select(item => Read(item, convert)).ToArray(),
        JsonValueKind.String => convert(json.GetString()!),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => ReadNumber(json.GetRawText()),
        _ => null,
    };

    private static OrderedDictionary ReadObject(JsonElement json, Func<string, string> convert)
    {
        OrderedDictionary fields = DocumentValue.NewObject(json.EnumerateObject().Select(field => convert(field.Name)));
        foreach (JsonProperty field in json.EnumerateObject())
        {
            fields[convert(field.Name)] = Read(field.Value, convert);
        }

        return fields;
    }

    private static object ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && !double.IsInfinity(real) ? real
        : throw new FormatException(string.Format(CultureInfo.InvariantCulture, SR.DetailNoJsonNumber, text));
}

using System.Collections.Specialized;
using System.Globalization;
using System.Text;

namespace EpPromo.Documents;

/// <summary>Writes values (<see cref="DocumentValue"/>) as JSON without blanks.</summary>
internal static class DocumentJson
{
    /// <summary>The JSON of <paramref name="value"/>, fields in their order.</summary>
    public static string Of(object? value) => Write(new StringBuilder(), value, isCanonical: false).ToString();

    /// <summary>A text that is the same for all values that mean the same.</summary>
    public static string Canonical(object? value) => Write(new StringBuilder(), value, isCanonical: true).ToString();

    /// <summary>
    /// A text in quotes. The writers of libraries escape emoji and many other characters. Here all stay as they are that JSON allows.
    /// </summary>
    public static string Quote(string value) => Quote(new StringBuilder(value.Length + 2), value).ToString();

    private static StringBuilder Write(StringBuilder json, object? value, bool isCanonical)
    {
        switch (value)
        {
            case null:
                return json.Append("null");
            case bool flag:
                return json.Append(flag ? "true" : "false");
            case string text:
                return Quote(json, text);
            case OrderedDictionary fields:
                return WriteObject(json, fields, isCanonical);
            case object?[] items:
                return WriteList(json, '[', ']', items, item => Write(json, item, isCanonical));
            default:
                return json.Append(isCanonical ? CanonicalNumber(value) : Number(value));
        }
    }

    private static StringBuilder WriteObject(StringBuilder json, OrderedDictionary fields, bool isCanonical)
    {
        IEnumerable<string> keys = DocumentValue.Keys(fields);
        return WriteList(json, '{', '}', isCanonical ? keys.OrderBy(key => key, StringComparer.Ordinal) : keys, key =>
        {
            Quote(json, key).Append(':');
            Write(json, fields[key], isCanonical);
        });
    }

    private static StringBuilder WriteList<T>(StringBuilder json, char start, char end, IEnumerable<T> items, Action<T> write)
    {
        json.Append(start);
        bool isFirst = true;
        foreach (T item in items)
        {
            _ = isFirst ? json : json.Append(',');
            isFirst = false;
            write(item);
        }

        return json.Append(end);
    }

    private static string Number(object number) =>
        number is double real ? real.ToString("R", CultureInfo.InvariantCulture) : Convert.ToString(number, CultureInfo.InvariantCulture)!;

    private static string CanonicalNumber(object number) => number is double real && Math.Abs(real) > 1e27
        ? Number(number)
        : Convert.ToDecimal(number, CultureInfo.InvariantCulture).ToString("0.############################", CultureInfo.InvariantCulture);

    private static StringBuilder Quote(StringBuilder quoted, string value)
    {
        quoted.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\b' => quoted.Append("\\b"),
                '\t' => quoted.Append("\\t"),
                '\n' => quoted.Append("\\n"),
                '\f' => quoted.Append("\\f"),
                '\r' => quoted.Append("\\r"),

                // The last three are line ends to JavaScript.
                < ' ' or '\u0085' or '\u2028' or '\u2029' => quoted.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"');
    }
}

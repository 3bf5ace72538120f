using System.Globalization;
using System.Text.Json;

namespace EpPromo.Sandbox.Wire;

/// <summary>
/// Reads an object of a request body field by field, and notes what is wrong with it: wrong types, values out of range,
/// missing fields, and fields that the contract does not have.
/// </summary>
internal sealed class Fields(JsonElement json, string pointer, List<(string Pointer, string Detail)> problems)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public bool Has(string name) => json.TryGetProperty(name, out _);

    /// <summary>Text that may be empty, such as a description.</summary>
    public string? Text(string name) => Text(name, required: false);

    /// <summary>Text that has to say something, such as a name: it may be left out, but not be empty or of blanks alone.</summary>
    public string? Filled(string name, bool required = false, int longest = int.MaxValue)
    {
        string? text = Text(name, required);
        if (text is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            Problem(name, "must not be empty");
        }
        else if (text.Length > longest)
        {
            Problem(name, string.Create(CultureInfo.InvariantCulture, $"must not be longer than {longest} characters"));
        }

        return text;
    }

    public string? Choice(string name, bool required, params string[] choices)
    {
        string? text = Text(name, required);
        if (text is not null && !choices.Contains(text))
        {
            Problem(name, $"must be one of {string.Join(", ", choices)}");
        }

        return text;
    }

    public int? Number(string name, int lowest, int highest, bool required = false)
    {
        if (Value(name, required, JsonValueKind.Number, "a number") is not { } value)
        {
            return null;
        }

        if (!value.TryGetInt32(out int number) || number < lowest || number > highest)
        {
            string range = highest == int.MaxValue ? $"at least {lowest}" : $"from {lowest} to {highest}";
            Problem(name, $"must be a whole number, {range}");
        }

        return number;
    }

    public bool? Flag(string name)
    {
        _read.Add(name);
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Problem(name, "must be true or false");
            return null;
        }

        return value.GetBoolean();
    }

    public DateTimeOffset? Date(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (!Moments.TryParse(text, out DateTimeOffset moment))
        {
            Problem(name, "must be a date, such as 2026-01-31T00:00:00Z");
        }

        return moment;
    }

    /// <summary>An object that is taken as it is.</summary>
    public JsonElement? Any(string name) => Value(name, required: false, JsonValueKind.Object, "an object")?.Clone();

    /// <summary>An object or an array that is taken as it is.</summary>
    public JsonElement? AnyOrList(string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? Value(name, required: false, JsonValueKind.Array, "an array")?.Clone()
            : Any(name);

    public T? Object<T>(string name, bool required, Func<Fields, T> read)
        where T : class =>
        Value(name, required, JsonValueKind.Object, "an object") is { } value ? Inside(value, $"{pointer}/{name}", read) : null;

    public IReadOnlyList<T> Objects<T>(string name, Func<Fields, T> read)
        where T : class
    {
        var items = new List<T>();
        int index = 0;
        foreach (JsonElement element in Items(name))
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{name}/{index++}");
            if (element.ValueKind != JsonValueKind.Object)
            {
                problems.Add((at, "must be an object"));
                continue;
            }

            items.Add(Inside(element, at, read));
        }

        return items;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var items = new List<string>();
        foreach (JsonElement element in Items(name))
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                Problem(name, "must hold strings only");
                break;
            }

            items.Add(Decoded(name, element) ?? "");
        }

        return items;
    }

    /// <summary>Notes a field that should not be there, though the contract has it elsewhere.</summary>
    public void Forbid(string name, string why)
    {
        _read.Add(name);
        if (Has(name))
        {
            Problem(name, why);
        }
    }

    public void Problem(string name, string what) => problems.Add(($"{pointer}/{name}", $"{name} {what}"));

    /// <summary>Notes every field that nobody asked for.</summary>
    public void Done()
    {
        foreach (JsonProperty property in json.EnumerateObject().Where(property => !_read.Contains(property.Name)))
        {
            Problem(property.Name, "is not a known field");
        }
    }

    private string? Text(string name, bool required) =>
        Value(name, required, JsonValueKind.String, "a string") is { } value ? Decoded(name, value) : null;

    private string? Decoded(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON allows its escape, text does not.
            Problem(name, "must be valid Unicode");
            return null;
        }
    }

    private T Inside<T>(JsonElement element, string at, Func<Fields, T> read)
    {
        var inner = new Fields(element, at, problems);
        T result = read(inner);
        inner.Done();
        return result;
    }

    private List<JsonElement> Items(string name)
    {
        if (Value(name, required: true, JsonValueKind.Array, "an array") is not { } array)
        {
            return [];
        }

        if (array.GetArrayLength() == 0)
        {
            Problem(name, "must not be empty");
        }

        return [.. array.EnumerateArray()];
    }

    private JsonElement? Value(string name, bool required, JsonValueKind kind, string what)
    {
        _read.Add(name);
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            if (required)
            {
                Problem(name, "is required");
            }

            return null;
        }

        if (value.ValueKind != kind)
        {
            Problem(name, $"must be {what}");
            return null;
        }

        return value;
    }
}

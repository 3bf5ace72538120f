using System.Globalization;
using System.Text.Json;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Json;

/// <summary>
/// Reads the fields of one JSON object of a request body and collects every problem: wrong types, values out of range, missing
/// fields, and fields that the contract does not have.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="pointer">Its JSON pointer within the body.</param>
/// <param name="problems">Receives the problems, each with the JSON pointer of its field.</param>
internal sealed class FieldReader(JsonElement json, string pointer, List<(string Pointer, string Detail)> problems)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public bool Has(string name) => json.TryGetProperty(name, out _);

    /// <summary>A string that may be empty, such as a description.</summary>
    public string? String(string name) => String(name, required: false);

    /// <summary>A string that must not be empty or blank if it is present, such as a name.</summary>
    public string? NonBlankString(string name, bool required = false, int maxLength = int.MaxValue)
    {
        string? text = String(name, required);
        if (text is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            AddProblem(name, "must not be empty");
        }
        else if (text.Length > maxLength)
        {
            AddProblem(name, string.Create(CultureInfo.InvariantCulture, $"must not be longer than {maxLength} characters"));
        }

        return text;
    }

    public string? OneOf(string name, bool required, params string[] allowed)
    {
        string? text = String(name, required);
        if (text is not null && !allowed.Contains(text))
        {
            AddProblem(name, $"must be one of {string.Join(", ", allowed)}");
        }

        return text;
    }

    public int? Integer(string name, int min, int max, bool required = false)
    {
        if (Value(name, required, JsonValueKind.Number, "a number") is not { } value)
        {
            return null;
        }

        if (!value.TryGetInt32(out int number) || number < min || number > max)
        {
            string range = max == int.MaxValue ? $"at least {min}" : $"from {min} to {max}";
            AddProblem(name, $"must be a whole number, {range}");
        }

        return number;
    }

    public bool? Boolean(string name)
    {
        _read.Add(name);
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            AddProblem(name, "must be true or false");
            return null;
        }

        return value.GetBoolean();
    }

    public DateTimeOffset? Timestamp(string name)
    {
        if (String(name) is not { } text)
        {
            return null;
        }

        if (!Timestamps.TryParse(text, out DateTimeOffset timestamp))
        {
            AddProblem(name, "must be a date, such as 2026-01-31T00:00:00Z");
        }

        return timestamp;
    }

    /// <summary>An object that is kept as it was sent.</summary>
    public JsonElement? RawObject(string name) => Value(name, required: false, JsonValueKind.Object, "an object")?.Clone();

    /// <summary>An object or an array that is kept as it was sent.</summary>
    public JsonElement? RawObjectOrArray(string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? Value(name, required: false, JsonValueKind.Array, "an array")?.Clone()
            : RawObject(name);

    public T? Object<T>(string name, bool required, Func<FieldReader, T> read)
        where T : class =>
        Value(name, required, JsonValueKind.Object, "an object") is { } value ? ReadNested(value, $"{pointer}/{name}", read) : null;

    /// <summary>A required array of objects that must not be empty.</summary>
    public IReadOnlyList<T> ObjectArray<T>(string name, Func<FieldReader, T> read)
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

            items.Add(ReadNested(element, at, read));
        }

        return items;
    }

    /// <summary>A required array of strings that must not be empty.</summary>
    public IReadOnlyList<string> StringArray(string name)
    {
        var items = new List<string>();
        foreach (JsonElement element in Items(name))
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                AddProblem(name, "must contain only strings");
                break;
            }

            items.Add(Decode(name, element) ?? "");
        }

        return items;
    }

    /// <summary>Reports a field that the contract has, but not in this kind of body.</summary>
    public void Forbid(string name, string why)
    {
        _read.Add(name);
        if (Has(name))
        {
            AddProblem(name, why);
        }
    }

    /// <summary>Reports every field that was not read.</summary>
    public void RejectUnknownFields()
    {
        foreach (JsonProperty property in json.EnumerateObject().Where(property => !_read.Contains(property.Name)))
        {
            AddProblem(property.Name, "is not a known field");
        }
    }

    private string? String(string name, bool required) =>
        Value(name, required, JsonValueKind.String, "a string") is { } value ? Decode(name, value) : null;

    private string? Decode(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // JSON can escape half of a surrogate pair; a .NET string must not contain it.
            AddProblem(name, "must be valid Unicode");
            return null;
        }
    }

    private T ReadNested<T>(JsonElement element, string at, Func<FieldReader, T> read)
    {
        var inner = new FieldReader(element, at, problems);
        T result = read(inner);
        inner.RejectUnknownFields();
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
            AddProblem(name, "must not be empty");
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
                AddProblem(name, "is required");
            }

            return null;
        }

        if (value.ValueKind != kind)
        {
            AddProblem(name, $"must be {what}");
            return null;
        }

        return value;
    }

    private void AddProblem(string name, string what) => problems.Add(($"{pointer}/{name}", $"{name} {what}"));
}

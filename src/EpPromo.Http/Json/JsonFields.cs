using System.Text.Json;

namespace EpPromo.Http.Json;

/// <summary>
/// The fields of a JSON object: where they are in the text. They are read by <see cref="StrictFields"/> and <see cref="CosmeticFields"/>.
/// <para>
/// There is no tree of the whole text. The objects of a list share one instance, one after another, and so do the objects in each of them.
/// So what is read from it must not refer to it.
/// </para>
/// </summary>
internal sealed class JsonFields
{
    private (JsonValue Name, JsonValue Value)[] _fields = new (JsonValue, JsonValue)[16];
    private int _count;

    /// <summary>Instances for the objects in this one, and how many of them are in use.</summary>
    private readonly List<JsonFields> _inner = [];
    private int _usedInner;

    /// <summary>Reads a JSON object and nothing else.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    /// <exception cref="InvalidResponseException">It is not an object.</exception>
    public static JsonFields Parse(Utf8Text text)
    {
        Utf8JsonReader reader = JsonText.NewReader(text.Span);
        reader.Read();
        JsonFields fields = new();
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        if (isObject)
        {
            fields.Load(ref reader, text, 0);
        }
        else
        {
            reader.Skip();
        }

        // Throws if something follows.
        reader.Read();
        return isObject ? fields : throw InvalidResponseException.NotJsonObject();
    }

    /// <summary>The field as it is, a JSON null included. Of several fields with the name, the last one counts.</summary>
    public JsonValue Field(ReadOnlySpan<byte> name)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_fields[i].Name.Is(name))
            {
                return _fields[i].Value;
            }
        }

        return default;
    }

    /// <summary>The fields of an object in this one.</summary>
    /// <param name="value">An object.</param>
    public JsonFields Inner(JsonValue value)
    {
        if (_usedInner == _inner.Count)
        {
            _inner.Add(new JsonFields());
        }

        JsonFields inner = _inner[_usedInner++];
        Utf8JsonReader reader = value.CreateReader(out Utf8Text text, out int start);
        inner.Load(ref reader, text, start);
        return inner;
    }

    /// <summary>Reads the objects of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="read">Callback: reads an object.</param>
    /// <param name="isComplete">False if the list has other items, too.</param>
    public static IReadOnlyList<T> ReadObjects<T>(JsonValue list, Func<JsonFields, T> read, out bool isComplete)
    {
        isComplete = true;
        List<T> objects = [];
        JsonFields fields = new();
        Utf8JsonReader reader = list.CreateReader(out Utf8Text text, out int start);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                fields.Load(ref reader, text, start);
                objects.Add(read(fields));
            }
            else
            {
                isComplete = false;
                reader.Skip();
            }
        }

        return objects.ToArray();
    }

    /// <summary>Reads the object that <paramref name="reader"/> is at.</summary>
    private void Load(ref Utf8JsonReader reader, Utf8Text text, int start)
    {
        _count = 0;
        _usedInner = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            JsonValue name = JsonValue.Read(ref reader, text, start);
            reader.Read();
            if (_count == _fields.Length)
            {
                Array.Resize(ref _fields, 2 * _count);
            }

            _fields[_count++] = (name, JsonValue.Read(ref reader, text, start));
        }
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>
/// A value of a JSON text: what it is and where. It is converted when it is asked for, and never copied. The default is a missing value.
/// </summary>
internal readonly struct JsonValue
{
    private readonly Utf8Text _text;

    /// <summary>Where it is: an object or a list with its brackets, a string without its quotes.</summary>
    private readonly int _start;
    private readonly int _length;
    private readonly bool _isEscaped;

    private JsonValue(Utf8Text text, JsonTokenType type, int start, int length, bool isEscaped)
    {
        _text = text;
        Type = type;
        _start = start;
        _length = length;
        _isEscaped = isEscaped;
    }

    /// <summary>
    /// What it is: <see cref="JsonTokenType.None"/> when it is missing, <see cref="JsonTokenType.StartObject"/> for an object,
    /// <see cref="JsonTokenType.StartArray"/> for a list.
    /// </summary>
    public JsonTokenType Type { get; }

    /// <summary>Whether it is missing or a JSON null.</summary>
    public bool IsNull => Type is JsonTokenType.None or JsonTokenType.Null;

    /// <summary>Reads the value, or the property name, that <paramref name="reader"/> is at, and moves to its end.</summary>
    /// <param name="reader">Reads <paramref name="text"/>.</param>
    /// <param name="text">The whole JSON text.</param>
    /// <param name="start">Where the reader began in it.</param>
    public static JsonValue Read(ref Utf8JsonReader reader, Utf8Text text, int start)
    {
        JsonTokenType type = reader.TokenType;
        int tokenStart = start + (int)reader.TokenStartIndex;
        switch (type)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                return new JsonValue(text, type, tokenStart, start + (int)reader.BytesConsumed - tokenStart, false);
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return new JsonValue(text, type, tokenStart + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
            default:
                return new JsonValue(text, type, tokenStart, reader.ValueSpan.Length, false);
        }
    }

    /// <summary>A string as it is, with all control characters.</summary>
    public string GetString() => _isEscaped ? CreateReader().GetString()! : RawText;

    /// <summary>The JSON of the value; of a string, what is between the quotes.</summary>
    public string RawText => _text.GetString(_start, _length);

    /// <summary>Whether a string, or a property name, is <paramref name="text"/>.</summary>
    public bool Is(ReadOnlySpan<byte> text) =>
        _isEscaped ? Utf8Text.Of(GetString()).Span.SequenceEqual(text)
            : _length == text.Length && _text.Span.Slice(_start, _length).SequenceEqual(text);

    /// <summary>A reader that is at this value.</summary>
    public Utf8JsonReader CreateReader() => CreateReader(out _, out _);

    /// <summary>A reader that is at this value.</summary>
    /// <param name="text">The whole JSON text.</param>
    /// <param name="start">Where the reader begins in it.</param>
    public Utf8JsonReader CreateReader(out Utf8Text text, out int start)
    {
        int quote = Type is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0;
        (text, start) = (_text, _start - quote);
        Utf8JsonReader reader = JsonText.NewReader(text.Span.Slice(start, _length + (2 * quote)));
        reader.Read();
        return reader;
    }

    /// <summary>A text without control characters; null when missing.</summary>
    /// <returns>False if it is no text.</returns>
    public bool TryGetText(out string? text)
    {
        text = Type switch
        {
            JsonTokenType.String => DisplayText.Clean(GetString()),
            JsonTokenType.Number => RawText,
            JsonTokenType.True => bool.TrueString,
            JsonTokenType.False => bool.FalseString,
            _ => null,
        };
        return text is not null || IsNull;
    }

    /// <summary>A whole number, which may also be a string; null when missing.</summary>
    /// <returns>False if it is none.</returns>
    public bool TryGetNumber(out long? number)
    {
        number = null;
        if (Type == JsonTokenType.Number
            && Utf8Parser.TryParse(_text.Span.Slice(_start, _length), out long plain, out int consumed) && consumed == _length)
        {
            number = plain;
        }
        else if (Type is JsonTokenType.Number or JsonTokenType.String
            && decimal.TryParse(Type == JsonTokenType.Number ? RawText : GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            && value == decimal.Truncate(value) && value is >= long.MinValue and <= long.MaxValue)
        {
            number = (long)value;
        }

        return number is not null || IsNull;
    }

    /// <summary>A time, in UTC when it has no zone; null when missing or blank.</summary>
    /// <returns>False if it is none.</returns>
    public bool TryGetTime(out DateTimeOffset? time)
    {
        time = null;
        if (Type != JsonTokenType.String)
        {
            return IsNull;
        }

        string text = GetString();
        if (TimestampText.TryParse(text, out DateTimeOffset parsed))
        {
            time = parsed;
        }

        return time is not null || string.IsNullOrWhiteSpace(text);
    }
}

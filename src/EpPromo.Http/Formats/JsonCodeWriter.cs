using System.Text.Encodings.Web;
using System.Text.Json;

namespace EpPromo.Http.Formats;

/// <summary>Writes codes as JSON objects, one in a line: alone, or as an array. All objects have all columns; null stands for no value.</summary>
internal sealed class JsonCodeWriter : ICodeWriter
{
    private const int FlushLength = 64 * 1024;

    /// <summary>The file is no part of a web page, so letters such as é and characters such as &amp; can stay as they are.</summary>
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonEncodedText[] _names;
    private readonly Stream _destination;
    private readonly bool _isArray;
    private readonly MemoryStream _buffer = new();
    private readonly Utf8JsonWriter _json;
    private bool _hasRow;

    /// <summary>A file.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="destination">Receives the file.</param>
    /// <param name="isArray">Whether the objects are in an array.</param>
    public JsonCodeWriter(IReadOnlyList<string> names, Stream destination, bool isArray)
    {
        _names = [.. names.Select(name => JsonEncodedText.Encode(name, s_options.Encoder))];
        _destination = destination;
        _isArray = isArray;
        _json = new Utf8JsonWriter(_buffer, s_options);
    }

    public async Task WriteAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        Separate();
        _json.WriteStartObject();
        for (int i = 0; i < _names.Length; i++)
        {
            Write(_names[i], values[i]);
        }

        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        if (_buffer.Length >= FlushLength)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_isArray && !_hasRow)
        {
            _buffer.WriteByte((byte)'[');
        }

        if (_hasRow)
        {
            _buffer.WriteByte((byte)'\n');
        }

        if (_isArray)
        {
            _buffer.WriteByte((byte)']');
            _buffer.WriteByte((byte)'\n');
        }

        return FlushAsync(cancellationToken);
    }

    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
    }

    /// <summary>Writes what stands before a row.</summary>
    private void Separate()
    {
        if (_isArray)
        {
            _buffer.WriteByte((byte)(_hasRow ? ',' : '['));
        }

        if (_isArray || _hasRow)
        {
            _buffer.WriteByte((byte)'\n');
        }

        _hasRow = true;
    }

    private void Write(JsonEncodedText name, object? value)
    {
        switch (value)
        {
            case int number:
                _json.WriteNumber(name, number);
                break;
            case DateTimeOffset time:
                _json.WriteString(name, time);
                break;
            default:
                _json.WriteString(name, (string?)value);
                break;
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _destination.WriteAsync(_buffer.GetBuffer(), 0, (int)_buffer.Length, cancellationToken);
        _buffer.SetLength(0);
    }
}

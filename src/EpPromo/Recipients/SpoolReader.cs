using System.Text;

namespace EpPromo.Recipients;

/// <summary>Reads what <see cref="RowSpool"/> has written.</summary>
internal sealed class SpoolReader
{
    private readonly Stream _stream;
    private byte[] _buffer;
    private int _next;
    private int _end;

    /// <param name="stream">The stream, at its start.</param>
    /// <param name="bufferLength">How many bytes to read at a time.</param>
    public SpoolReader(Stream stream, int bufferLength)
    {
        _stream = stream;
        _buffer = new byte[bufferLength];
    }

    public int ReadNumber()
    {
        Fill(sizeof(int));
        int number = _buffer[_next] | (_buffer[_next + 1] << 8) | (_buffer[_next + 2] << 16) | (_buffer[_next + 3] << 24);
        _next += sizeof(int);
        return number;
    }

    /// <summary>Reads a text of <paramref name="length"/> bytes.</summary>
    public string ReadText(int length)
    {
        Fill(length);
        string text = Encoding.UTF8.GetString(_buffer, _next, length);
        _next += length;
        return text;
    }

    /// <summary>Gets at least <paramref name="length"/> unread bytes into the buffer.</summary>
    private void Fill(int length)
    {
        if (_end - _next >= length)
        {
            return;
        }

        byte[] buffer = length > _buffer.Length ? new byte[length] : _buffer;
        Array.Copy(_buffer, _next, buffer, 0, _end - _next);
        (_buffer, _end, _next) = (buffer, _end - _next, 0);
        while (_end < length)
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read > 0 ? read : throw new EndOfStreamException();
        }
    }
}

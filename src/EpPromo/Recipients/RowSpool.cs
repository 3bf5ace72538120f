using System.Text;

namespace EpPromo.Recipients;

/// <summary>Rows of texts, in order, on a stream instead of in memory. They are all written before they are read.</summary>
internal sealed class RowSpool : IDisposable
{
    private const int BufferLength = 64 * 1024;

    /// <summary>The length of a text that the row does not have.</summary>
    private const int NoText = -1;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[BufferLength];
    private int _used;

    /// <param name="stream">An empty stream that can seek. The spool owns it.</param>
    public RowSpool(Stream stream) => _stream = stream;

    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="number">A number that is kept with the row.</param>
    /// <param name="values">Its values; null for one that the row does not have.</param>
    public void Add(int number, params string?[] values)
    {
        Write(number);
        Write(values.Length);
        foreach (string? value in values)
        {
            Write(value);
        }

        Count++;
    }

    /// <summary>Reads the rows from the first one on. Only one reader at a time.</summary>
    public IEnumerable<(int Number, string?[] Values)> Read()
    {
        Flush();
        _stream.Position = 0;
        SpoolReader reader = new(_stream, BufferLength);
        for (int row = 0; row < Count; row++)
        {
            int number = reader.ReadNumber();
            string?[] values = new string?[reader.ReadNumber()];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = reader.ReadNumber() is >= 0 and int length ? reader.ReadText(length) : null;
            }

            yield return (number, values);
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Write(int number)
    {
        Reserve(sizeof(int));
        for (int shift = 0; shift < 32; shift += 8)
        {
            _buffer[_used++] = (byte)(number >> shift);
        }
    }

    private void Write(string? text)
    {
        if (text is null)
        {
            Write(NoText);
            return;
        }

        // The length comes first, but is known last.
        Reserve(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        int start = _used;
        _used += sizeof(int);
        int length = Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, _used);
        _used = start;
        Write(length);
        _used += length;
    }

    /// <summary>Makes room for <paramref name="length"/> bytes in the buffer.</summary>
    private void Reserve(int length)
    {
        if (length > _buffer.Length - _used)
        {
            Flush();
            if (length > _buffer.Length)
            {
                _buffer = new byte[length];
            }
        }
    }

    private void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}

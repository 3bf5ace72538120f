namespace EpPromo.Recipients;

/// <summary>Rows of texts, in order, on a stream instead of in memory. They are all written before they are read.</summary>
internal sealed class RowSpool : IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly BufferedStream _buffer;
    private readonly BinaryWriter _writer;

    /// <param name="stream">An empty stream that can seek. The spool owns it.</param>
    public RowSpool(Stream stream)
    {
        _stream = stream;
        _buffer = new BufferedStream(stream, BufferLength);
        _writer = new BinaryWriter(_buffer);
    }

    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="number">A number that is kept with the row.</param>
    /// <param name="values">Its values; null for one that the row does not have.</param>
    public void Add(int number, IReadOnlyList<string?> values)
    {
        _writer.Write(number);
        _writer.Write(values.Count);
        foreach (string? value in values)
        {
            _writer.Write(value is not null);
            if (value is not null)
            {
                _writer.Write(value);
            }
        }

        Count++;
    }

    /// <summary>Reads the rows from the first one on. Only one reader at a time.</summary>
    public IEnumerable<(int Number, string?[] Values)> Read()
    {
        _writer.Flush();
        _stream.Position = 0;
        BinaryReader reader = new(new BufferedStream(_stream, BufferLength));
        for (int row = 0; row < Count; row++)
        {
            int number = reader.ReadInt32();
            string?[] values = new string?[reader.ReadInt32()];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = reader.ReadBoolean() ? reader.ReadString() : null;
            }

            yield return (number, values);
        }
    }

    public void Dispose() => _stream.Dispose();
}

using System.Text;

namespace EpPromo.Recipients;

/// <summary>Rows of texts in memory, by number. Takes the bytes of the texts in UTF-8 and 12 more for each row.</summary>
internal sealed class PackedRows
{
    private const int ChunkLength = 64 * 1024;
    private const int LengthBytes = sizeof(int);

    /// <summary>Occurs in no value: a file that contains it is not accepted.</summary>
    private const char Separator = '\0';

    private readonly List<byte[]> _chunks = [];

    /// <summary>Of each row, the number of its chunk and its place in it.</summary>
    private readonly List<long> _starts = [];
    private int _used = int.MaxValue;

    /// <summary>Adds a row of at least one value.</summary>
    public void Add(IEnumerable<string> values)
    {
        byte[] row = Encoding.UTF8.GetBytes(string.Join(Separator.ToString(), values));
        int length = LengthBytes + row.Length;
        if (_chunks.Count == 0 || length > _chunks[_chunks.Count - 1].Length - _used)
        {
            _chunks.Add(new byte[Math.Max(length, ChunkLength)]);
            _used = 0;
        }

        byte[] chunk = _chunks[_chunks.Count - 1];
        _starts.Add(((long)(_chunks.Count - 1) << 32) | (uint)_used);
        BitConverter.GetBytes(row.Length).CopyTo(chunk, _used);
        row.CopyTo(chunk, _used + LengthBytes);
        _used += length;
    }

    public string[] Get(int number)
    {
        byte[] chunk = _chunks[(int)(_starts[number] >> 32)];
        int start = (int)(_starts[number] & int.MaxValue);
        return Encoding.UTF8.GetString(chunk, start + LengthBytes, BitConverter.ToInt32(chunk, start)).Split(Separator);
    }
}

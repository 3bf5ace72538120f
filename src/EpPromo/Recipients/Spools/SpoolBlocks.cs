namespace EpPromo.Recipients.Spools;

/// <summary>Blocks of bytes on a temporary stream, numbered from 0 in the order in which they are written.</summary>
internal sealed class SpoolBlocks : IDisposable
{
    public const int BlockLength = 16 * 1024;

    private readonly Func<Stream> _newStream;
    private Stream? _stream;
    private int _count;

    /// <param name="newStream">Opens an empty stream, which can seek; called for the first block.</param>
    public SpoolBlocks(Func<Stream> newStream) => _newStream = newStream;

    /// <summary>Writes a block after the others.</summary>
    /// <returns>Its number.</returns>
    public int Append(byte[] block)
    {
        _stream ??= _newStream();
        _stream.Position = (long)_count * BlockLength;
        _stream.Write(block, 0, BlockLength);
        return _count++;
    }

    /// <summary>Reads a block.</summary>
    public void Read(int number, byte[] block)
    {
        _stream!.Position = (long)number * BlockLength;
        for (int length = 0; length < BlockLength;)
        {
            int read = _stream.Read(block, length, BlockLength - length);
            length += read > 0 ? read : throw new EndOfStreamException();
        }
    }

    public void Dispose() => _stream?.Dispose();
}

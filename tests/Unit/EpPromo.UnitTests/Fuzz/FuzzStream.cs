namespace EpPromo.UnitTests.Fuzz;

/// <summary>A body as it comes off the wire, piece by piece, and ends in its own way.</summary>
internal sealed class FuzzStream(byte[] body, AnswerEnd end, Action<int> onRead) : Stream
{
    private const int PieceLength = 16 * 1024;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    private int Last => end is AnswerEnd.Broken or AnswerEnd.Short ? body.Length / 2 : body.Length;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int given = Math.Min(count, PieceLength);
        if (end == AnswerEnd.Endless)
        {
            for (int i = 0; i < given; i++)
            {
                buffer[offset + i] = body.Length == 0 ? (byte)'x' : body[_position++ % body.Length];
            }
        }
        else
        {
            given = Math.Min(given, Last - _position);
            Array.Copy(body, _position, buffer, offset, given);
            _position += given;
        }

        if (given == 0 && end == AnswerEnd.Broken)
        {
            throw new IOException("The connection broke.");
        }

        onRead(given);
        return given;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : Task.FromResult(Read(buffer, offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] piece = new byte[Math.Min(buffer.Length, PieceLength)];
        int given = Read(piece, 0, piece.Length);
        piece.AsMemory(0, given).CopyTo(buffer);
        return ValueTask.FromResult(given);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

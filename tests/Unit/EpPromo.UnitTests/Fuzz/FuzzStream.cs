namespace EpPromo.UnitTests.Fuzz;

/// <summary>A response body that arrives in several reads and ends as <see cref="ResponseEnd"/> says.</summary>
internal sealed class FuzzStream(byte[] body, ResponseEnd end, Action<int> onRead) : Stream
{
    private const int MaxReadBytes = 16 * 1024;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    private int Last => end is ResponseEnd.Broken or ResponseEnd.Short ? body.Length / 2 : body.Length;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Math.Min(count, MaxReadBytes);
        if (end == ResponseEnd.Endless)
        {
            for (int i = 0; i < read; i++)
            {
                buffer[offset + i] = body.Length == 0 ? (byte)'x' : body[_position++ % body.Length];
            }
        }
        else
        {
            read = Math.Min(read, Last - _position);
            Array.Copy(body, _position, buffer, offset, read);
            _position += read;
        }

        if (read == 0 && end == ResponseEnd.Broken)
        {
            throw new IOException("The connection broke.");
        }

        onRead(read);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<int>(cancellationToken)
            : Task.FromResult(Read(buffer, offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] bytes = new byte[Math.Min(buffer.Length, MaxReadBytes)];
        int read = Read(bytes, 0, bytes.Length);
        bytes.AsMemory(0, read).CopyTo(buffer);
        return ValueTask.FromResult(read);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

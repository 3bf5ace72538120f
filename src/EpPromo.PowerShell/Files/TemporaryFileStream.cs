namespace EpPromo.PowerShell.Files;

/// <summary>
/// The stream of a temporary file. It counts the bytes, and explains the errors of the file system, which would otherwise seem to be about
/// another file, or about the network.
/// </summary>
internal sealed class TemporaryFileStream : Stream
{
    private readonly FileStream _file;
    private readonly Func<Exception, Exception> _explain;
    private long _written;

    /// <summary>The stream over a file.</summary>
    /// <param name="file">The file, which the stream owns, without a buffer: an error of the disk must not come up again when it is closed.</param>
    /// <param name="explain">The exception to throw in place of one of the file system.</param>
    public TemporaryFileStream(FileStream file, Func<Exception, Exception> explain)
    {
        _file = file;
        _explain = explain;
    }

    /// <summary>How many bytes were written so far. Can be read on any thread.</summary>
    public long Written => Interlocked.Read(ref _written);

    public override bool CanRead => _file.CanRead;

    public override bool CanSeek => _file.CanSeek;

    public override bool CanWrite => _file.CanWrite;

    public override long Length => Try(() => _file.Length);

    public override long Position
    {
        get => Try(() => _file.Position);
        set => Try(() => _file.Position = value);
    }

    public override void Flush() => Try(() =>
    {
        _file.Flush();
        return true;
    });

    /// <summary>
    /// Returns when the disk has all bytes. Meanwhile, they can be read on another thread: a file without a buffer has nothing to flush
    /// first.
    /// </summary>
    public void FlushToDisk() => Try(() =>
    {
        _file.Flush(flushToDisk: true);
        return true;
    });

    public override long Seek(long offset, SeekOrigin origin) => Try(() => _file.Seek(offset, origin));

    public override void SetLength(long value) => Try(() =>
    {
        _file.SetLength(value);
        Interlocked.Exchange(ref _written, value);
        return true;
    });

    public override int Read(byte[] buffer, int offset, int count) => Try(() => _file.Read(buffer, offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Try(() =>
    {
        _file.Write(buffer, offset, count);
        Interlocked.Add(ref _written, count);
        return true;
    });

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await _file.ReadAsync(buffer, offset, count, cancellationToken);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw _explain(e);
        }
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(buffer, offset, count, cancellationToken);
            Interlocked.Add(ref _written, count);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw _explain(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private T Try<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw _explain(e);
        }
    }

    /// <summary>Whether it is an error of the file system; for a file that exceeds a size limit, the runtime throws an ArgumentException.</summary>
    internal static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}

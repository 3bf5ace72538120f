namespace EpPromo.PowerShell.Files;

/// <summary>
/// The stream of a spool file. Its errors name the temporary folder; without that, they would seem to be about the file that is being
/// written, or about the network.
/// </summary>
internal sealed class SpoolStream : Stream
{
    private readonly Stream _file;
    private readonly string _folder;
    private long _written;

    /// <summary>The stream over <paramref name="file"/>, which it owns.</summary>
    public SpoolStream(Stream file, string folder)
    {
        _file = file;
        _folder = folder;
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
        catch (Exception e) when (SpoolFile.IsFileError(e))
        {
            throw SpoolFile.Unusable(_folder, e);
        }
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(buffer, offset, count, cancellationToken);
            Interlocked.Add(ref _written, count);
        }
        catch (Exception e) when (SpoolFile.IsFileError(e))
        {
            throw SpoolFile.Unusable(_folder, e);
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
        catch (Exception e) when (SpoolFile.IsFileError(e))
        {
            throw SpoolFile.Unusable(_folder, e);
        }
    }
}

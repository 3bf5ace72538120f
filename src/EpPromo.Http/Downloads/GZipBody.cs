using System.IO.Compression;

namespace EpPromo.Http.Downloads;

/// <summary>
/// The bytes of a gzip file as they arrive. Such a file can have several members. .NET reads all of them; .NET Framework ends after the first
/// one. Both end where the bytes end, as if that were the whole file. So the end of the file is compared with what was read. Unnoticed
/// remain only a file of which nothing arrived and, on .NET Framework, members of the same length in a file that one read of the
/// decompression takes whole (8 KB).
/// </summary>
internal sealed class GZipBody : Stream
{
    private const int MaxDrain = 4096;

    /// <summary>A file of two members, each of which contains one byte.</summary>
    private static readonly Lazy<bool> s_readsAllMembers = new(() => CountBytes([.. Compress(0), .. Compress(0)]) == 2);

    private readonly Stream _body;

    /// <summary>
    /// The last four bytes: the length of what the last member contains, modulo 2^32 (RFC 1952 section 2.3.1), the lowest byte first.
    /// </summary>
    private uint _trailer;

    /// <summary>Whether bytes were requested after the last one.</summary>
    private bool _hasEnded;

    public GZipBody(Stream body) => _body = body;

    /// <summary>Whether this runtime reads files of several members.</summary>
    public static bool ReadsAllMembers => s_readsAllMembers.Value;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How the file ended. Called when all that can be decompressed has been read. If that was several members, they look cut off.</summary>
    /// <param name="length">How many bytes were decompressed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<GZipEnd> FindEndAsync(long length, CancellationToken cancellationToken)
    {
        // A member says where it ends, so .NET Framework requests nothing after that.
        bool isCutOff = _hasEnded;
        byte[] rest = new byte[MaxDrain];
        return await ReadAsync(rest, 0, rest.Length, cancellationToken) == 0 && _trailer == unchecked((uint)length) ? GZipEnd.Complete
            : isCutOff ? GZipEnd.CutOff
            : GZipEnd.SeveralMembers;
    }

    public override int Read(byte[] buffer, int offset, int count) => Remember(buffer, offset, _body.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Remember(buffer, offset, await _body.ReadAsync(buffer, offset, count, cancellationToken));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Remember(byte[] buffer, int offset, int count)
    {
        _hasEnded |= count == 0;
        for (int i = Math.Max(0, count - sizeof(uint)); i < count; i++)
        {
            _trailer = (_trailer >> 8) | ((uint)buffer[offset + i] << 24);
        }

        return count;
    }

    private static byte[] Compress(byte value)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionMode.Compress))
        {
            zip.WriteByte(value);
        }

        return packed.ToArray();
    }

    private static long CountBytes(byte[] packed)
    {
        using MemoryStream unpacked = new();
        using GZipStream zip = new(new MemoryStream(packed), CompressionMode.Decompress);
        zip.CopyTo(unpacked);
        return unpacked.Length;
    }
}

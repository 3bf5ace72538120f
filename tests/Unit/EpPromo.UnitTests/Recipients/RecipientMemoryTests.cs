using EpPromo.Http.Csv;
using EpPromo.Recipients;

namespace EpPromo.UnitTests.Recipients;

/// <summary>A merge holds hashes of its recipients in memory, not their rows.</summary>
public sealed class RecipientMemoryTests
{
    private const int Count = 200_000;
    private const double MaxBytes = 80;

    [Fact]
    public void A_recipient_takes_some_tens_of_bytes()
    {
        string[] names = ["Email", "Note"];
        string note = new('x', 500);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using RecipientMerge merge = new(
            new MergeOptions("Email", "", ""), new CsvTables(), () => new CountingStream(), null, null, _ => { });
        for (int i = 0; i < Count; i++)
        {
            merge.Add(names, [$"customer{i}@example.com", note]);
        }

        merge.EndList();
        for (int i = 0; i < Count; i++)
        {
            merge.Offer($"CODE-{i}");
        }

        merge.CheckCodes();
        double bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        Assert.True(bytes < MaxBytes, $"{bytes:0} bytes for each recipient.");
        GC.KeepAlive(merge);
    }

    /// <summary>A file that keeps nothing in memory.</summary>
    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get; set; }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override long Seek(long offset, SeekOrigin origin) => 0;

        public override void SetLength(long value) => _length = value;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;
    }
}

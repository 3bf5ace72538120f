using EpPromo.Text;

namespace EpPromo.Recipients.Spools;

/// <summary>
/// Rows of texts, not in memory but on a temporary stream. Those of the same key are in the same partition; a partition is small enough to be
/// processed in memory, however many rows there are. All rows together are read in the order in which they were added.
/// </summary>
/// <remarks>They are all written before they are read.</remarks>
internal sealed class PartitionedRows : IDisposable
{
    /// <summary>Of a million rows, each partition has about 16,000.</summary>
    public const int PartitionCount = 64;

    private readonly Func<Stream> _newStream;
    private readonly SpoolBlocks _spool;
    private readonly SpoolSequence[] _partitions;
    private readonly int[] _counts = new int[PartitionCount];

    /// <summary>The partition of each row, in the order of the rows.</summary>
    private readonly SpoolSequence _order;

    /// <param name="newStream">Opens an empty temporary stream, which can seek.</param>
    public PartitionedRows(Func<Stream> newStream)
    {
        _newStream = newStream;
        _spool = new SpoolBlocks(newStream);
        _partitions = [.. Enumerable.Range(0, PartitionCount).Select(_ => new SpoolSequence(_spool))];
        _order = new SpoolSequence(_spool);
    }

    /// <summary>How many rows there are, or will be.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="key">The key in normalized form. It is not kept.</param>
    /// <param name="row">The row.</param>
    public void Add(string key, SpoolRow row)
    {
        int partition = PartitionOf(key);
        _order.WriteNumber(partition);
        Count++;
        AddTo(partition, row);
    }

    /// <summary>
    /// Starts a table with a row for each of these rows, in the same order and partitions; they are added with <see cref="AddTo"/>.
    /// </summary>
    public PartitionedRows NewWithSameOrder()
    {
        PartitionedRows rows = new(_newStream) { Count = Count };
        SpoolSequence.Reader order = _order.Read();
        for (int i = 0; i < Count; i++)
        {
            rows._order.WriteNumber(order.ReadNumber());
        }

        return rows;
    }

    /// <summary>Adds the next row of a partition.</summary>
    public void AddTo(int partition, SpoolRow row)
    {
        SpoolSequence sequence = _partitions[partition];
        sequence.WriteNumber(row.Number);
        sequence.WriteNumber(row.Values.Length);
        foreach (string? value in row.Values)
        {
            sequence.WriteText(value);
        }

        _counts[partition]++;
    }

    /// <summary>The rows of a partition, in the order in which they were added.</summary>
    public IEnumerable<SpoolRow> ReadPartition(int partition)
    {
        SpoolSequence.Reader reader = _partitions[partition].Read();
        for (int i = 0; i < _counts[partition]; i++)
        {
            yield return ReadRow(reader);
        }
    }

    /// <summary>All rows, in the order in which they were added.</summary>
    public IEnumerable<SpoolRow> Read()
    {
        SpoolSequence.Reader order = _order.Read();
        SpoolSequence.Reader[] readers = [.. _partitions.Select(partition => partition.Read())];
        for (int i = 0; i < Count; i++)
        {
            yield return ReadRow(readers[order.ReadNumber()]);
        }
    }

    public void Dispose() => _spool.Dispose();

    private static SpoolRow ReadRow(SpoolSequence.Reader reader)
    {
        long number = reader.ReadNumber();
        string?[] values = new string?[reader.ReadNumber()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadText();
        }

        return new SpoolRow(number, values);
    }

    /// <summary>The same in each process, so that of several errors always the same one is reported.</summary>
    private static int PartitionOf(string key)
    {
        uint hash = StableHash.Of(key);
        return (int)((hash ^ (hash >> 16)) % PartitionCount);
    }
}

using EpPromo.Recipients.Spools;

namespace EpPromo.Recipients;

/// <summary>
/// The codes that can still be given to recipients: those that were offered, without those that somebody has. They are on temporary streams,
/// so that more codes need no more memory.
/// </summary>
internal sealed class FreeCodes : IDisposable
{
    private readonly AssignedCodes _assigned;
    private readonly PartitionedRows _offered;
    private PartitionedRows? _free;

    /// <param name="assigned">The codes that somebody has.</param>
    /// <param name="newSpool">Opens an empty temporary stream, which can seek.</param>
    public FreeCodes(AssignedCodes assigned, Func<Stream> newSpool)
    {
        _assigned = assigned;
        _offered = new PartitionedRows(newSpool);
    }

    /// <summary>How many codes were offered, whether or not they are free.</summary>
    public int Offered => _offered.Count;

    /// <summary>How many different free codes were offered; known after <see cref="Find"/>.</summary>
    public int Count { get; private set; }

    /// <summary>How many recipients keep a code that was not offered; known after <see cref="Find"/>.</summary>
    public int ForeignCount { get; private set; }

    /// <summary>Offers a code. An empty one is left out.</summary>
    public void Offer(string code)
    {
        string text = code.Trim();
        if (text.Length > 0)
        {
            _offered.Add(RecipientText.Normalize(text), new SpoolRow(0, text));
        }
    }

    /// <summary>Finds the free ones, when all codes have been offered.</summary>
    public void Find(CancellationToken cancellationToken)
    {
        _free = _offered.NewWithSameOrder();
        for (int partition = 0; partition < PartitionedRows.PartitionCount; partition++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FindIn(partition, _free);
        }
    }

    /// <summary>The free codes, in the order in which they were offered.</summary>
    public IEnumerable<string> Read() => _free!.Read().Where(row => row.Values.Length > 0).Select(row => row.Values[0]!);

    public void Dispose()
    {
        _offered.Dispose();
        _free?.Dispose();
    }

    private void FindIn(int partition, PartitionedRows free)
    {
        Dictionary<string, bool> assigned = _assigned.Load(partition);
        HashSet<string> offered = new(StringComparer.Ordinal);
        foreach (SpoolRow row in _offered.ReadPartition(partition))
        {
            string code = RecipientText.Normalize(row.Values[0]!);
            bool isFree = offered.Add(code) && !assigned.ContainsKey(code);
            Count += isFree ? 1 : 0;
            free.AddTo(partition, isFree ? row : new SpoolRow(0));
        }

        ForeignCount += assigned.Count(code => code.Value && !offered.Contains(code.Key));
    }
}

using System.Collections;

namespace EpPromo.Recipients;

/// <summary>The codes that can still be given to recipients: those that were offered, without those that somebody has.</summary>
internal sealed class FreeCodes : IDisposable
{
    private readonly HashIndex _known;
    private readonly TextHasher _hasher;
    private readonly int _needed;
    private readonly RowSpool _spool;
    private readonly BitArray _isOffered;

    /// <param name="used">The codes that somebody has. Offered ones are added.</param>
    /// <param name="hasher">Hashes codes.</param>
    /// <param name="needed">How many are needed; more are counted only.</param>
    /// <param name="spool">An empty stream for them, which can seek.</param>
    public FreeCodes(HashIndex used, TextHasher hasher, int needed, Stream spool)
    {
        _known = used;
        _hasher = hasher;
        _needed = needed;
        _spool = new RowSpool(spool);
        _isOffered = new BitArray(used.Count);
    }

    /// <summary>How many different free codes were offered.</summary>
    public int Count { get; private set; }

    /// <summary>How many codes were offered, whether or not they are free.</summary>
    public int Offered { get; private set; }

    /// <summary>Offers a code. An empty one, and one that is known, is left out.</summary>
    public void Offer(string code)
    {
        string text = code.Trim();
        if (text.Length == 0)
        {
            return;
        }

        Offered++;
        if (_known.Add(_hasher.Of(text), out int number))
        {
            Count++;
            if (Count <= _needed)
            {
                _spool.Add(0, text);
            }
        }
        else if (number < _isOffered.Count)
        {
            _isOffered[number] = true;
        }
    }

    /// <summary>Whether a code that somebody has was offered, by its number among the used ones.</summary>
    public bool HasOffered(int used) => _isOffered[used];

    /// <summary>The needed codes, in the order in which they were offered.</summary>
    public IEnumerable<string> Read() => _spool.Read().Select(row => row.Values[0]!);

    public void Dispose() => _spool.Dispose();
}

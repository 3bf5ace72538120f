namespace EpPromo.Recipients;

/// <summary>Numbers hashes from 0 in the order in which they are added. Takes about 24 bytes for each, a third of a dictionary.</summary>
internal sealed class HashIndex
{
    private const int ChunkBits = 14;
    private const int ChunkLength = 1 << ChunkBits;

    /// <summary>The hashes by number. In chunks, so that growing copies nothing.</summary>
    private readonly List<TextHash[]> _chunks = [];

    /// <summary>An open hash table of numbers + 1; 0 is an empty place. At most three quarters full.</summary>
    private int[] _table = new int[1024];

    public int Count { get; private set; }

    /// <summary>The number of a hash, or -1.</summary>
    public int Find(TextHash hash) => _table[PlaceOf(hash)] - 1;

    /// <summary>Adds a hash, unless it is there.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="number">Its number, new or old.</param>
    /// <returns>Whether it is new.</returns>
    public bool Add(TextHash hash, out int number)
    {
        int place = PlaceOf(hash);
        number = _table[place] - 1;
        if (number >= 0)
        {
            return false;
        }

        if (4L * (Count + 1) > 3L * _table.Length)
        {
            Grow();
            place = PlaceOf(hash);
        }

        number = Count++;
        if (number >> ChunkBits == _chunks.Count)
        {
            _chunks.Add(new TextHash[ChunkLength]);
        }

        _chunks[number >> ChunkBits][number & (ChunkLength - 1)] = hash;
        _table[place] = number + 1;
        return true;
    }

    private TextHash At(int number) => _chunks[number >> ChunkBits][number & (ChunkLength - 1)];

    /// <summary>Where a hash is in the table, or where it would be.</summary>
    private int PlaceOf(TextHash hash)
    {
        int place = (int)(hash.First & (ulong)(_table.Length - 1));
        while (_table[place] != 0 && At(_table[place] - 1) != hash)
        {
            place = (place + 1) & (_table.Length - 1);
        }

        return place;
    }

    private void Grow()
    {
        _table = new int[2 * _table.Length];
        for (int number = 0; number < Count; number++)
        {
            _table[PlaceOf(At(number))] = number + 1;
        }
    }
}

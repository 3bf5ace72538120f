using System.Runtime.InteropServices;

namespace EpPromo.Sandbox.State;

/// <summary>
/// The codes of one promotion: unique in any case, in the order they were made and in the order of the alphabet. Made for
/// half a million codes. Not synchronised: the store's lock guards it.
/// </summary>
internal sealed class CodeBook
{
    private static readonly Comparer<SandboxCode> ByCode =
        Comparer<SandboxCode>.Create((a, b) => string.Compare(a.Code, b.Code, StringComparison.OrdinalIgnoreCase));

    private readonly List<SandboxCode> _made = [];
    private readonly Dictionary<string, SandboxCode> _byCode = new(StringComparer.OrdinalIgnoreCase);

    // The sorted form holds the first _sortedCount of _made. What was made since is merged in when somebody asks.
    private SandboxCode[] _sorted = [];
    private int _sortedCount;

    public int Count => _made.Count;

    /// <summary>The codes in the order they were made.</summary>
    public IReadOnlyList<SandboxCode> Made => _made;

    public bool Contains(string code) => _byCode.ContainsKey(code);

    public SandboxCode? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>A code by its id (OpenAPI) or its text (a documentation page): a single code is named either way (contract section 6).</summary>
    public SandboxCode? FindByIdOrText(string name) =>
        (Guid.TryParse(name, out Guid id) ? _made.Find(code => code.Id == id) : null) ?? Find(name);

    /// <summary>Adds a code, unless the promotion has it already.</summary>
    public bool TryAdd(SandboxCode code)
    {
        if (!_byCode.TryAdd(code.Code, code))
        {
            return false;
        }

        _made.Add(code);
        return true;
    }

    /// <summary>Removes codes and says how many there were.</summary>
    public int Remove(Predicate<SandboxCode> match)
    {
        foreach (SandboxCode code in _made)
        {
            if (match(code))
            {
                _byCode.Remove(code.Code);
            }
        }

        int removed = _made.RemoveAll(match);
        if (removed > 0)
        {
            _sorted = Array.FindAll(_sorted, code => !match(code));
            _sortedCount = _sorted.Length;
        }

        return removed;
    }

    /// <summary>The codes in alphabetical order, after the given one if one is given: what gt(code,…) walks on.</summary>
    public ArraySegment<SandboxCode> SortedAfter(string? code)
    {
        Merge();
        if (code is null)
        {
            return _sorted;
        }

        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.Compare(_sorted[middle].Code, code, StringComparison.OrdinalIgnoreCase) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return new ArraySegment<SandboxCode>(_sorted, low, _sorted.Length - low);
    }

    public SandboxCode[] ToArray() => [.. _made];

    private void Merge()
    {
        if (_sortedCount == _made.Count)
        {
            return;
        }

        SandboxCode[] added = CollectionsMarshal.AsSpan(_made)[_sortedCount..].ToArray();
        Array.Sort(added, ByCode);
        var merged = new SandboxCode[_made.Count];
        int old = 0;
        int young = 0;
        for (int i = 0; i < merged.Length; i++)
        {
            bool takeOld = young == added.Length || (old < _sorted.Length && ByCode.Compare(_sorted[old], added[young]) < 0);
            merged[i] = takeOld ? _sorted[old++] : added[young++];
        }

        _sorted = merged;
        _sortedCount = merged.Length;
    }
}

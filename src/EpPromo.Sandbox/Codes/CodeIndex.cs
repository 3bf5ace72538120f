using System.Runtime.InteropServices;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Codes;

/// <summary>
/// The codes of one promotion, unique regardless of case, in the order of creation and in alphabetical order. Fast enough for
/// half a million codes. Not thread-safe: guarded by the lock of <see cref="StoreState"/>.
/// </summary>
internal sealed class CodeIndex
{
    private static readonly Comparer<SandboxCode> s_byCode =
        Comparer<SandboxCode>.Create((a, b) => string.Compare(a.Code, b.Code, StringComparison.OrdinalIgnoreCase));

    private readonly List<SandboxCode> _created = [];
    private readonly Dictionary<string, SandboxCode> _byCode = new(StringComparer.OrdinalIgnoreCase);

    // The first _sortedCount elements of _created, sorted. Newer codes are merged in when the order is needed.
    private SandboxCode[] _sorted = [];
    private int _sortedCount;

    public int Count => _created.Count;

    /// <summary>The codes in the order of creation.</summary>
    public IReadOnlyList<SandboxCode> Created => _created;

    public bool Contains(string code) => _byCode.ContainsKey(code);

    public SandboxCode? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>
    /// Finds a code by its id (OpenAPI) or its text (a documentation page): the API takes either for a single code (contract
    /// section 6).
    /// </summary>
    public SandboxCode? FindByIdOrText(string idOrText) =>
        (Guid.TryParse(idOrText, out Guid id) ? _created.Find(code => code.Id == id) : null) ?? Find(idOrText);

    /// <summary>Adds a code, unless the promotion already has it.</summary>
    public bool TryAdd(SandboxCode code)
    {
        if (!_byCode.TryAdd(code.Code, code))
        {
            return false;
        }

        _created.Add(code);
        return true;
    }

    /// <summary>Removes the codes that match and returns their number.</summary>
    public int Remove(Predicate<SandboxCode> match)
    {
        foreach (SandboxCode code in _created)
        {
            if (match(code))
            {
                _byCode.Remove(code.Code);
            }
        }

        int removed = _created.RemoveAll(match);
        if (removed > 0)
        {
            _sorted = Array.FindAll(_sorted, code => !match(code));
            _sortedCount = _sorted.Length;
        }

        return removed;
    }

    /// <summary>The codes in alphabetical order, from the first one after a given code: the result of gt(code,…).</summary>
    /// <param name="code">Need not be one of the codes; null for all codes.</param>
    public ArraySegment<SandboxCode> SortedAfter(string? code)
    {
        MergeNewCodes();
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

    public SandboxCode[] ToArray() => [.. _created];

    private void MergeNewCodes()
    {
        if (_sortedCount == _created.Count)
        {
            return;
        }

        SandboxCode[] added = CollectionsMarshal.AsSpan(_created)[_sortedCount..].ToArray();
        Array.Sort(added, s_byCode);
        var merged = new SandboxCode[_created.Count];
        int fromSorted = 0;
        int fromAdded = 0;
        for (int i = 0; i < merged.Length; i++)
        {
            bool takeSorted = fromAdded == added.Length
                || (fromSorted < _sorted.Length && s_byCode.Compare(_sorted[fromSorted], added[fromAdded]) < 0);
            merged[i] = takeSorted ? _sorted[fromSorted++] : added[fromAdded++];
        }

        _sorted = merged;
        _sortedCount = merged.Length;
    }
}

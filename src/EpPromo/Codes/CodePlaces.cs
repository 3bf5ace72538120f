namespace EpPromo.Codes;

/// <summary>
/// Where a walk over codes is, told in several ways: how many codes behind the last one of each sort. The sorts are those that a filter
/// may tell apart (api-contract.md section 6): any code, one without a quote or a backslash, one of ASCII letters and digits alone, none.
/// </summary>
internal sealed class CodePlaces
{
    private static readonly Func<string, bool>[] Sorts =
    [
        _ => true,
        code => !code.Any(c => c is '\'' or '\\'),
        code => code.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')),
        _ => false,
    ];

    private readonly (string? After, int Offset)[] _places;
    private int _sort;

    /// <param name="start">The code behind which the walk begins, which the store has taken in a filter; null for the first code of all.</param>
    public CodePlaces(string? start) => _places = [.. Sorts.Select(_ => (start, 0))];

    /// <summary>Behind which code the walk is, and how many codes behind that.</summary>
    public (string? After, int Offset) Here => _places[_sort];

    /// <summary>The last code that the store refused, for messages.</summary>
    public string Refused { get; private set; } = "";

    /// <summary>The walk has passed a code.</summary>
    public void Pass(string code)
    {
        for (int i = 0; i < Sorts.Length; i++)
        {
            _places[i] = Sorts[i](code) ? (code, 0) : (_places[i].After, _places[i].Offset + 1);
        }
    }

    /// <summary>The store takes <see cref="Here"/> in no filter: from now on it is told by codes of a plainer sort.</summary>
    /// <returns>Whether there is another way to tell it.</returns>
    public bool Refuse()
    {
        (string? After, int Offset) refused = Here;
        Refused = refused.After ?? "";
        while (_sort + 1 < Sorts.Length && Here == refused)
        {
            _sort++;
        }

        return Here != refused;
    }
}

namespace EpPromo.Codes;

/// <summary>
/// A position in a list of codes: after which code, and how many codes further. It can be expressed in several ways, because a store may
/// accept only some codes in a filter (api-contract.md section 6): relative to the last code of any kind, to the last one without a quote
/// or backslash, to the last one that consists of ASCII letters and digits, or to the start of the list.
/// </summary>
internal sealed class CodeCursor
{
    private static readonly Func<string, bool>[] s_kinds =
    [
        _ => true,
        code => !code.Any(c => c is '\'' or '\\'),
        code => code.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')),
        _ => false,
    ];

    private readonly (string? After, int Offset)[] _positions;
    private int _kind;

    /// <param name="start">The code after which the list starts, which the store has accepted in a filter; null for the whole list.</param>
    /// <param name="offset">How many codes further the position is.</param>
    public CodeCursor(string? start, int offset) => _positions = [.. s_kinds.Select(_ => (start, offset))];

    /// <summary>After which code, and how many codes further.</summary>
    public (string? After, int Offset) Position => _positions[_kind];

    /// <summary>The last code that the store rejected in a filter, for messages; empty if it rejected none.</summary>
    public string RejectedCode { get; private set; } = "";

    /// <summary>Moves past the next code of the list.</summary>
    public void Advance(string code)
    {
        for (int i = 0; i < s_kinds.Length; i++)
        {
            _positions[i] = s_kinds[i](code) ? (code, 0) : (_positions[i].After, _positions[i].Offset + 1);
        }
    }

    /// <summary>The store rejects the code of <see cref="Position"/> in a filter: expresses the position relative to a simpler code.</summary>
    /// <returns>Whether there is a simpler one.</returns>
    public bool TrySimplify()
    {
        (string? After, int Offset) rejected = Position;
        RejectedCode = rejected.After ?? "";
        while (_kind + 1 < s_kinds.Length && Position == rejected)
        {
            _kind++;
        }

        return Position != rejected;
    }
}

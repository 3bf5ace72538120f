using EpPromo.Codes;

namespace EpPromo.Usages;

/// <summary>Codes of a promotion whose usages are wanted.</summary>
internal sealed class CodeSet
{
    private readonly HashSet<string> _texts = new(CodeComparer.Instance);
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Text, string? CodeId)> _codes = [];

    /// <summary>The codes, each with its id if that is known.</summary>
    public IReadOnlyList<(string Text, string? CodeId)> Codes => _codes;

    /// <summary>Adds a code, unless it is there.</summary>
    /// <param name="text">What a shopper types.</param>
    /// <param name="codeId">The code's own id, or null.</param>
    public void Add(string text, string? codeId)
    {
        if (_texts.Add(text))
        {
            _codes.Add((text, codeId));
            if (codeId is not null)
            {
                _ids.Add(codeId);
            }
        }
    }

    /// <summary>Whether one of the codes was used. A usage may lack either the text or the id of its code (api-contract.md section 6).</summary>
    public bool Contains(PromotionUsage usage) =>
        (usage.Code.Length > 0 && _texts.Contains(usage.Code)) || (usage.CodeId is { } id && _ids.Contains(id));
}

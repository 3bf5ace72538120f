using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// A name to search for: a wildcard pattern, or a literal name. <c>Sale [VIP]</c> is a pattern that matches <c>Sale V</c>, and may be the
/// name of a promotion: it finds both. Case is ignored in every culture, and the two Unicode forms of é are equal.
/// </summary>
internal sealed class NameSearchPattern
{
    private readonly string _name;
    private readonly WildcardPattern? _pattern;

    public NameSearchPattern(string name)
    {
        _name = NormalizedText.Of(name);
        IsPattern = WildcardPattern.ContainsWildcardCharacters(name);
        try
        {
            _pattern = new WildcardPattern(_name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            _pattern.IsMatch("");
        }
        catch (WildcardPatternException)
        {
            // For example "50% [", which can only be a name.
            _pattern = null;
            IsPattern = false;
        }
    }

    /// <summary>What was typed.</summary>
    public string Name => _name;

    /// <summary>Whether it may match more than one name.</summary>
    public bool IsPattern { get; }

    /// <summary>
    /// The pattern for the API's ilike, which knows a star at the start and at the end. Null if that is not enough, or if the store may have
    /// the name in another Unicode form. The names are always matched here as well.
    /// </summary>
    public string? ServerPattern
    {
        get
        {
            string inner = _name.Trim('*');
            return inner.Length == 0 || inner.Any(c => "*?[]`".IndexOf(c) >= 0) || !NormalizedText.HasSingleForm(inner) ? null : _name;
        }
    }

    public bool Matches(string name)
    {
        string composed = NormalizedText.Of(name);
        return string.Equals(composed, _name, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(composed) == true;
    }
}

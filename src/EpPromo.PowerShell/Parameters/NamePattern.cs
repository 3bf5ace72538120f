using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// A name to look for: with wildcards, or just as it is. <c>Sale [VIP]</c> is a pattern that fits <c>Sale V</c>, and it is the name of a
/// promotion: it finds both. Upper and lower case are the same in every culture, and so are the two forms of é.
/// </summary>
internal sealed class NamePattern
{
    private readonly string _name;
    private readonly WildcardPattern? _pattern;

    public NamePattern(string name)
    {
        _name = ComposedText.Of(name);
        IsPattern = WildcardPattern.ContainsWildcardCharacters(name);
        try
        {
            _pattern = new WildcardPattern(_name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            _pattern.IsMatch("");
        }
        catch (WildcardPatternException)
        {
            // For example "50% [", which can be a name only.
            _pattern = null;
            IsPattern = false;
        }
    }

    /// <summary>Whether it may be meant for more than one name.</summary>
    public bool IsPattern { get; }

    /// <summary>
    /// The part of it that the API's ilike can look for: a star at the start and at the end. Null when more would be needed, or when the
    /// store may hold the name in another form; the names are matched here all the same.
    /// </summary>
    public string? ServerPattern
    {
        get
        {
            string inner = _name.Trim('*');
            return inner.Length == 0 || inner.Any(c => "*?[]`".IndexOf(c) >= 0) || !ComposedText.HasOneForm(inner) ? null : _name;
        }
    }

    public bool Fits(string name)
    {
        string composed = ComposedText.Of(name);
        return string.Equals(composed, _name, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(composed) == true;
    }
}

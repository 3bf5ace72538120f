using System.Collections.ObjectModel;
using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// The value of -Path or of -LiteralPath. As in PowerShell's own commands, wildcards in -Path match a file or folder that exists, and
/// -LiteralPath means each character as it is.
/// </summary>
internal readonly struct PathArgument
{
    private readonly string? _text;
    private readonly bool _isLiteral;

    private PathArgument(string? text, bool isLiteral)
    {
        _text = text;
        _isLiteral = isLiteral;
    }

    /// <summary>The path as the user gave it.</summary>
    public string Text => _text ?? "";

    /// <summary>Whether there is no path.</summary>
    public bool IsEmpty => Text.Length == 0;

    /// <summary>The argument of two parameters of which a command has at most one.</summary>
    public static PathArgument Of(string? path, string? literalPath) =>
        string.IsNullOrEmpty(literalPath) ? new PathArgument(path, isLiteral: false) : new PathArgument(literalPath, isLiteral: true);

    /// <summary>The full path in the file system.</summary>
    /// <exception cref="EpPromoException">It is not in the file system, or a pattern that does not match exactly one file or folder.</exception>
    /// <exception cref="SessionStateException">It has a drive that does not exist.</exception>
    public string Resolve(PathIntrinsics session)
    {
        if (_isLiteral || !WildcardPattern.ContainsWildcardCharacters(Text))
        {
            string literal = _isLiteral ? Text : WildcardPattern.Unescape(Text);
            string full = session.GetUnresolvedProviderPathFromPSPath(literal, out ProviderInfo provider, out _);
            CheckProvider(provider);
            return full;
        }

        Collection<string> matches = session.GetResolvedProviderPathFromPSPath(Text, out ProviderInfo matched);
        CheckProvider(matched);
        return matches.Count == 1
            ? matches[0]
            : throw new EpPromoException(ErrorKind.File, nameof(SR.AmbiguousPath), Text, matches.Count);
    }

    private void CheckProvider(ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.PathNotFileSystem), Text);
        }
    }
}

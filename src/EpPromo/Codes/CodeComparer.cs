using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// Compares codes as the API does, ignoring case (api-contract.md section 6), and in Unicode's composed form (NFC), because a list and an
/// export file may contain one code in two forms.
/// </summary>
internal sealed class CodeComparer : IEqualityComparer<string>, IComparer<string>
{
    private CodeComparer()
    {
    }

    public static CodeComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) => Compare(x, y) == 0;

    public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(NormalizedText.Of(obj));

    public int Compare(string? x, string? y) => StringComparer.OrdinalIgnoreCase.Compare(Normalized(x), Normalized(y));

    private static string? Normalized(string? text) => text is null ? null : NormalizedText.Of(text);
}

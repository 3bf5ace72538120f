using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// Compares codes as they are one: without their case (api-contract.md section 6), and in Unicode's composed form, because lists and
/// export files need not write one code in one form.
/// </summary>
internal sealed class CodeComparer : IEqualityComparer<string>, IComparer<string>
{
    private CodeComparer()
    {
    }

    public static CodeComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) => Compare(x, y) == 0;

    public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(ComposedText.Of(obj));

    public int Compare(string? x, string? y) => StringComparer.OrdinalIgnoreCase.Compare(Composed(x), Composed(y));

    private static string? Composed(string? text) => text is null ? null : ComposedText.Of(text);
}

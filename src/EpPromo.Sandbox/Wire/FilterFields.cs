using System.Text;

namespace EpPromo.Sandbox.Wire;

/// <summary>
/// What a list can be filtered on, and how: "eq(field,value)", several joined with ":" (contract sections 3 and 6).
/// </summary>
internal sealed class FilterFields(Dictionary<string, FilterField> fields)
{
    private const int MostTerms = 10;
    private const int MostBytes = 8 * 1024;

    /// <exception cref="ApiError">400: not a filter, or not one for this list.</exception>
    public IReadOnlyList<FilterTerm> Parse(string? text)
    {
        if (text is null)
        {
            return [];
        }

        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            throw ApiError.BadFilter();
        }

        var terms = new List<FilterTerm>();
        int at = 0;
        while (true)
        {
            terms.Add(Term(text, ref at));
            if (terms.Count > MostTerms)
            {
                throw ApiError.BadFilter();
            }

            if (at == text.Length)
            {
                return terms;
            }

            Expect(text, ':', ref at);
        }
    }

    private FilterTerm Term(string text, ref int at)
    {
        string comparison = UpTo(text, '(', ref at);
        string field = UpTo(text, ',', ref at).Trim();
        var values = new List<FilterValue> { FilterValue.Read(text, ref at) };
        while (at < text.Length && text[at] == ',')
        {
            at++;
            values.Add(FilterValue.Read(text, ref at));
        }

        Expect(text, ')', ref at);
        return fields.TryGetValue(field, out FilterField? known) && known.Takes(comparison, values)
            ? new FilterTerm(comparison, field, values)
            : throw ApiError.BadFilter();
    }

    private static string UpTo(string text, char end, ref int at)
    {
        int found = text.IndexOf(end, at);
        if (found < 0)
        {
            throw ApiError.BadFilter();
        }

        string part = text[at..found];
        at = found + 1;
        return part.AsSpan().IndexOfAny("(),'\"") < 0 ? part : throw ApiError.BadFilter();
    }

    private static void Expect(string text, char expected, ref int at)
    {
        if (at >= text.Length || text[at] != expected)
        {
            throw ApiError.BadFilter();
        }

        at++;
    }
}

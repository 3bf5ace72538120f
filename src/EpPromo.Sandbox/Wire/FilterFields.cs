namespace EpPromo.Sandbox.Wire;

/// <summary>
/// What a list can be filtered on, and how: "eq(field,value)", several joined with ":" (contract sections 3 and 6).
/// </summary>
internal sealed class FilterFields(Dictionary<string, FilterField> fields)
{
    private const int MostTerms = 10;
    private const int MostCharacters = 8 * 1024;

    /// <exception cref="ApiError">400: not a filter, or not one for this list.</exception>
    public IReadOnlyList<FilterTerm> Parse(string? text)
    {
        if (text is null)
        {
            return [];
        }

        if (text.Length > MostCharacters)
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
        string name = UpTo(text, '(', ref at);
        string field = UpTo(text, ',', ref at).Trim();
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        string value = at < text.Length && text[at] == '\'' ? QuotedValue(text, ref at) : UpTo(text, ')', ref at).Trim();
        if (!fields.TryGetValue(field, out FilterField? known) || !known.Takes(name, value))
        {
            throw ApiError.BadFilter();
        }

        return new FilterTerm(name, field, value);
    }

    private static string QuotedValue(string text, ref int at)
    {
        at++;
        string value = "";
        while (at < text.Length && text[at] != '\'')
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            value += text[at++];
        }

        Expect(text, '\'', ref at);
        Expect(text, ')', ref at);
        return value;
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
        return part.AsSpan().IndexOfAny("(),'") < 0 ? part : throw ApiError.BadFilter();
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

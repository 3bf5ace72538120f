using System.Text;
using EpPromo.Sandbox.Errors;

namespace EpPromo.Sandbox.Filters;

/// <summary>
/// Parses the "filter" of a list request: "operator(field,value)", several joined with ":" (contract sections 3 and 6).
/// </summary>
/// <param name="fields">The fields that the list can be filtered by.</param>
internal sealed class FilterParser(Dictionary<string, FilterField> fields)
{
    private const int MaxTerms = 10;
    private const int MaxBytes = 8 * 1024;

    /// <exception cref="ErrorResponseException">400: not a filter, or not a valid one for this list.</exception>
    public IReadOnlyList<FilterTerm> Parse(string? text)
    {
        if (text is null)
        {
            return [];
        }

        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            throw ErrorResponses.InvalidFilter();
        }

        var terms = new List<FilterTerm>();
        int position = 0;
        while (true)
        {
            terms.Add(ReadTerm(text, ref position));
            if (terms.Count > MaxTerms)
            {
                throw ErrorResponses.InvalidFilter();
            }

            if (position == text.Length)
            {
                return terms;
            }

            Expect(text, ':', ref position);
        }
    }

    private FilterTerm ReadTerm(string text, ref int position)
    {
        string @operator = ReadUntil(text, '(', ref position);
        string name = ReadUntil(text, ',', ref position).Trim();
        var values = new List<FilterValue> { FilterValue.Read(text, ref position) };
        while (position < text.Length && text[position] == ',')
        {
            position++;
            values.Add(FilterValue.Read(text, ref position));
        }

        Expect(text, ')', ref position);
        return fields.TryGetValue(name, out FilterField? field) && field.Accepts(@operator, values)
            ? new FilterTerm(@operator, name, values)
            : throw ErrorResponses.InvalidFilter();
    }

    private static string ReadUntil(string text, char end, ref int position)
    {
        int found = text.IndexOf(end, position);
        if (found < 0)
        {
            throw ErrorResponses.InvalidFilter();
        }

        string part = text[position..found];
        position = found + 1;
        return part.AsSpan().IndexOfAny("(),'\"") < 0 ? part : throw ErrorResponses.InvalidFilter();
    }

    private static void Expect(string text, char expected, ref int position)
    {
        if (position >= text.Length || text[position] != expected)
        {
            throw ErrorResponses.InvalidFilter();
        }

        position++;
    }
}

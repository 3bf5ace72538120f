namespace EpPromo.Sandbox.Wire;

/// <summary>One filter: what is compared, how, with what (contract section 6). Only "in" has several values.</summary>
internal sealed record FilterTerm(string Operator, string Field, IReadOnlyList<FilterValue> Values)
{
    /// <summary>The value of a filter that has one.</summary>
    public string Value => Values[0].Text;

    /// <summary>Whether a value stood in quotes.</summary>
    public bool IsQuoted => Values.Any(value => value.IsQuoted);

    /// <summary>Whether a backslash escaped something in a value.</summary>
    public bool IsEscaped => Values.Any(value => value.IsEscaped);

    /// <summary>Whether a text passes.</summary>
    public bool Matches(string? actual) => actual is not null && Operator switch
    {
        "eq" or "in" or "contains" => Values.Any(value => string.Equals(actual, value.Text, StringComparison.Ordinal)),
        "like" => Wildcard.Matches(Value, actual, StringComparison.Ordinal),
        "ilike" => Wildcard.Matches(Value, actual, StringComparison.OrdinalIgnoreCase),
        _ => Passes(string.Compare(actual, Value, StringComparison.Ordinal)),
    };

    /// <summary>Whether a text passes where case makes no difference, as with codes.</summary>
    public bool MatchesAnyCase(string actual) => Passes(string.Compare(actual, Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a flag passes.</summary>
    public bool Matches(bool actual) => Value == (actual ? "true" : "false");

    /// <summary>Whether a moment passes; none never does.</summary>
    public bool Matches(DateTimeOffset? actual) =>
        actual is { } at && Moments.TryParse(Value, out DateTimeOffset asked) && Passes(at.CompareTo(asked));

    private bool Passes(int comparison) => Operator switch
    {
        "eq" => comparison == 0,
        "gt" => comparison > 0,
        "ge" => comparison >= 0,
        "lt" => comparison < 0,
        "le" => comparison <= 0,
        _ => false,
    };
}

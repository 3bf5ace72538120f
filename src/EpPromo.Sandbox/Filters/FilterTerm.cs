using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Filters;

/// <summary>One term of a filter, such as eq(status,completed) (contract section 6). Only "in" has several values.</summary>
internal sealed record FilterTerm(string Operator, string Field, IReadOnlyList<FilterValue> Values)
{
    /// <summary>The value of a term that has one.</summary>
    public string Value => Values[0].Text;

    /// <summary>Whether any value is written in quotes.</summary>
    public bool IsQuoted => Values.Any(value => value.IsQuoted);

    /// <summary>Whether any value contains a backslash escape.</summary>
    public bool IsEscaped => Values.Any(value => value.IsEscaped);

    /// <summary>Whether a text passes the filter; null never does.</summary>
    public bool Matches(string? actual) => actual is not null && Operator switch
    {
        "eq" or "in" or "contains" => Values.Any(value => string.Equals(actual, value.Text, StringComparison.Ordinal)),
        "like" => Wildcard.Matches(Value, actual, StringComparison.Ordinal),
        "ilike" => Wildcard.Matches(Value, actual, StringComparison.OrdinalIgnoreCase),
        _ => Holds(string.Compare(actual, Value, StringComparison.Ordinal)),
    };

    /// <summary>Whether a text passes the filter when case is ignored, as it is for codes.</summary>
    public bool MatchesIgnoringCase(string actual) => Holds(string.Compare(actual, Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a Boolean passes the filter.</summary>
    public bool Matches(bool actual) => Value == (actual ? "true" : "false");

    /// <summary>Whether a timestamp passes the filter; null never does.</summary>
    public bool Matches(DateTimeOffset? actual) =>
        actual is { } at && Timestamps.TryParse(Value, out DateTimeOffset expected) && Holds(at.CompareTo(expected));

    private bool Holds(int comparison) => Operator switch
    {
        "eq" => comparison == 0,
        "gt" => comparison > 0,
        "ge" => comparison >= 0,
        "lt" => comparison < 0,
        "le" => comparison <= 0,
        _ => false,
    };
}

using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Filters;

/// <summary>A field that a list can be filtered by: its operators and its valid values.</summary>
internal sealed class FilterField
{
    private readonly string[] _operators;
    private readonly Func<string, bool> _isValidValue;

    private FilterField(string[] operators, Func<string, bool> isValidValue)
    {
        _operators = operators;
        _isValidValue = isValidValue;
    }

    /// <summary>A field that is true or false.</summary>
    public static FilterField Boolean { get; } = new(["eq"], value => value is "true" or "false");

    /// <summary>A timestamp, in one of the formats that <see cref="Timestamps"/> reads.</summary>
    public static FilterField Timestamp(params string[] operators) => new(operators, value => Timestamps.TryParse(value, out _));

    /// <summary>Any text: an unknown enum value is not an error (contract section 4).</summary>
    public static FilterField Text(params string[] operators) => new(operators, value => value.Length > 0);

    /// <summary>
    /// Whether a filter can combine this field with an operator and values. Checked before any record is compared, so that an
    /// invalid filter is rejected even if the list is empty.
    /// </summary>
    public bool Accepts(string @operator, IReadOnlyList<FilterValue> values) =>
        _operators.Contains(@operator) && (values.Count == 1 || @operator == "in") && values.All(value => _isValidValue(value.Text));
}

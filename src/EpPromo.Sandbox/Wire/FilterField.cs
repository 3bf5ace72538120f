namespace EpPromo.Sandbox.Wire;

/// <summary>A field that a list can be filtered on: how it is compared, and which values it can have at all.</summary>
internal sealed class FilterField
{
    private readonly string[] _operators;
    private readonly Func<string, bool> _isValue;

    private FilterField(string[] operators, Func<string, bool> isValue)
    {
        _operators = operators;
        _isValue = isValue;
    }

    /// <summary>True or false.</summary>
    public static FilterField Flag { get; } = new(["eq"], value => value is "true" or "false");

    /// <summary>A moment, in one of the forms that <see cref="Moments"/> reads.</summary>
    public static FilterField Moment(params string[] operators) => new(operators, value => Moments.TryParse(value, out _));

    /// <summary>Any text: unknown enum values are no mistake (contract section 4).</summary>
    public static FilterField Text(params string[] operators) => new(operators, value => value.Length > 0);

    /// <summary>Whether a filter can compare it like this with these. Asked before any record is, so that the answer depends on none.</summary>
    public bool Takes(string comparison, IReadOnlyList<FilterValue> values) =>
        _operators.Contains(comparison) && (values.Count == 1 || comparison == "in") && values.All(value => _isValue(value.Text));
}

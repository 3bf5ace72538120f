using System.Globalization;

namespace EpPromo.Sandbox.Faults;

/// <summary>Writes a rule as text that <see cref="FaultRuleParser"/> reads, without the keys that have their default value.</summary>
internal static class FaultRuleFormatter
{
    public static string Format(FaultRule rule)
    {
        var defaults = new FaultRule { Action = rule.Action };
        (string Key, string? Value)[] pairs =
        [
            ("action", FaultRuleParser.KebabCase(rule.Action)),
            ("endpoint", rule.Endpoint),
            ("method", rule.Method),
            ("path", rule.Path),
            ("skip", rule.Skip == defaults.Skip ? null : Text(rule.Skip)),
            ("every", rule.Every == defaults.Every ? null : Text(rule.Every)),
            ("probability", rule.Probability.Equals(defaults.Probability) ? null : Text(rule.Probability)),
            ("times", rule.Times is { } times ? Text(times) : null),
            ("status", rule.Status is { } status ? Text(status) : null),
            ("body", rule.Body == defaults.Body ? null : FaultRuleParser.KebabCase(rule.Body)),
            ("text", rule.Text),
            ("after", rule.After ? "true" : null),
            ("retry-after", rule.RetryAfter == defaults.RetryAfter ? null : FaultRuleParser.KebabCase(rule.RetryAfter)),
            ("time", rule.Time is { } time ? Text(time.TotalSeconds) + "s" : null),
            ("url", rule.Url),
            ("size", rule.Size == defaults.Size ? null : Text(rule.Size)),
            ("count", rule.Count == defaults.Count ? null : Text(rule.Count)),
        ];
        return string.Join(' ', pairs.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={Quote(pair.Value!)}"));
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Quote(string value) => value.Contains(' ', StringComparison.Ordinal) ? $"\"{value}\"" : value;
}

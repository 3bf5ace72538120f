using System.Globalization;
using System.Text.RegularExpressions;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Faults;

/// <summary>Parses rules made of key=value pairs, for the command line and the admin endpoint.</summary>
internal static partial class FaultRuleParser
{
    private static readonly Dictionary<string, Func<FaultRule, string, FaultRule>> s_setters = new(StringComparer.Ordinal)
    {
        ["action"] = (rule, text) => rule with { Action = EnumValue<FaultAction>(text) },
        ["endpoint"] = (rule, text) => rule with { Endpoint = FaultRuleValidator.Endpoint(text) },
        ["method"] = (rule, text) => rule with { Method = FaultRuleValidator.Method(text) },
        ["path"] = (rule, text) => rule with { Path = FaultRuleValidator.Path(text) },
        ["skip"] = (rule, text) => rule with { Skip = Integer(text, 0) },
        ["every"] = (rule, text) => rule with { Every = Integer(text, 1) },
        ["probability"] = (rule, text) => rule with { Probability = Probability(text) },
        ["times"] = (rule, text) => rule with { Times = Integer(text, 0) },
        ["status"] = (rule, text) => rule with { Status = Integer(text, 200, 599) },
        ["body"] = (rule, text) => rule with { Body = EnumValue<FaultBody>(text) },
        ["text"] = (rule, text) => rule with { Text = text },
        ["after"] = (rule, text) => rule with { After = Boolean(text) },
        ["retry-after"] = (rule, text) => rule with { RetryAfter = EnumValue<RetryAfterFormat>(text) },
        ["time"] = (rule, text) => rule with { Time = Time(text) },
        ["url"] = (rule, text) => rule with { Url = Url(text) },
        ["size"] = (rule, text) => rule with { Size = Integer(text, 1) },
        ["count"] = (rule, text) => rule with { Count = Integer(text, 0) },
    };

    /// <exception cref="FormatException">The message says what is invalid.</exception>
    public static FaultRule Parse(string text)
    {
        if (text.Count(c => c == '"') % 2 != 0)
        {
            throw new FormatException($"A double quote in '{text}' is not closed.");
        }

        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match pair in Pair().Matches(text))
        {
            int equals = pair.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException($"'{pair.Value}' is not key=value.");
            }

            fields.Add(new(pair.Value[..equals], pair.Value[(equals + 1)..].Trim('"')));
        }

        return Parse(fields);
    }

    /// <exception cref="FormatException">The message says what is invalid.</exception>
    public static FaultRule Parse(IReadOnlyCollection<KeyValuePair<string, string>> fields)
    {
        if (!fields.Any(field => field.Key == "action"))
        {
            throw new FormatException(
                $"A fault rule needs an action: {string.Join(", ", Enum.GetValues<FaultAction>().Select(KebabCase))}.");
        }

        if (fields.GroupBy(field => field.Key).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new FormatException($"'{repeated.Key}' occurs more than once.");
        }

        var rule = new FaultRule { Action = default };
        foreach ((string key, string value) in fields)
        {
            if (!s_setters.TryGetValue(key, out Func<FaultRule, string, FaultRule>? set))
            {
                throw new FormatException($"'{key}' is not one of {string.Join(", ", s_setters.Keys)}.");
            }

            try
            {
                rule = set(rule, value);
            }
            catch (FormatException exception)
            {
                throw new FormatException($"{key}: '{value}' {exception.Message}", exception);
            }
        }

        FaultRuleValidator.Validate(rule, fields.Select(field => field.Key));
        return rule;
    }

    /// <summary>The name of a value in kebab case: drop-after for DropAfter.</summary>
    public static string KebabCase<T>(T value)
        where T : struct, Enum => Capital().Replace(value.ToString(), "-$0").ToLowerInvariant();

    private static T EnumValue<T>(string text)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (KebabCase(value) == text)
            {
                return value;
            }
        }

        throw new FormatException($"is not one of {string.Join(", ", Enum.GetValues<T>().Select(KebabCase))}.");
    }

    private static int Integer(string text, int min, int max = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new FormatException($"is not a whole number from {min} to {max}.");

    private static double Probability(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1
            ? number
            : throw new FormatException("is not a number from 0 to 1.");

    private static bool Boolean(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException("is not true or false."),
    };

    private static TimeSpan Time(string text) =>
        Duration.TryParse(text, out TimeSpan time) ? time : throw new FormatException("is not a duration such as 200ms or 2s.");

    private static string Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out _) ? text : throw new FormatException("is not an absolute URL.");

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""")]
    private static partial Regex Pair();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}

using System.Globalization;
using System.Text.RegularExpressions;
using EpPromo.Sandbox.CommandLine;

namespace EpPromo.Sandbox.Faults;

/// <summary>Reads rules from key=value, for the command line and the admin endpoint alike.</summary>
internal static partial class FaultText
{
    private static readonly Dictionary<string, Func<FaultRule, string, FaultRule>> Keys = new(StringComparer.Ordinal)
    {
        ["action"] = (rule, text) => rule with { Action = Name<FaultAction>(text) },
        ["endpoint"] = (rule, text) => rule with { Endpoint = text },
        ["method"] = (rule, text) => rule with { Method = text },
        ["path"] = (rule, text) => rule with { Path = text },
        ["skip"] = (rule, text) => rule with { Skip = Number(text, 0) },
        ["every"] = (rule, text) => rule with { Every = Number(text, 1) },
        ["probability"] = (rule, text) => rule with { Probability = Share(text) },
        ["times"] = (rule, text) => rule with { Times = Number(text, 0) },
        ["status"] = (rule, text) => rule with { Status = Number(text, 200, 599) },
        ["body"] = (rule, text) => rule with { Body = Name<FaultBody>(text) },
        ["text"] = (rule, text) => rule with { Text = text },
        ["after"] = (rule, text) => rule with { After = Flag(text) },
        ["retry-after"] = (rule, text) => rule with { RetryAfter = Name<RetryAfterFormat>(text) },
        ["time"] = (rule, text) => rule with { Time = Time(text) },
        ["url"] = (rule, text) => rule with { Url = Url(text) },
        ["size"] = (rule, text) => rule with { Size = Number(text, 1) },
        ["count"] = (rule, text) => rule with { Count = Number(text, 0) },
    };

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static FaultRule Parse(string text)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match word in Word().Matches(text))
        {
            int equals = word.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException($"'{word.Value}' is not key=value.");
            }

            fields.Add(new(word.Value[..equals], word.Value[(equals + 1)..].Trim('"')));
        }

        return Read(fields);
    }

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static FaultRule Read(IReadOnlyCollection<KeyValuePair<string, string>> fields)
    {
        if (!fields.Any(field => field.Key == "action"))
        {
            throw new FormatException($"A fault needs an action: {string.Join(", ", Enum.GetValues<FaultAction>().Select(Kebab))}.");
        }

        var rule = new FaultRule { Action = default };
        foreach ((string key, string value) in fields)
        {
            if (!Keys.TryGetValue(key, out Func<FaultRule, string, FaultRule>? set))
            {
                throw new FormatException($"'{key}' is not one of {string.Join(", ", Keys.Keys)}.");
            }

            try
            {
                rule = set(rule, value);
            }
            catch (FormatException problem)
            {
                throw new FormatException($"{key}: '{value}' {problem.Message}", problem);
            }
        }

        return rule;
    }

    /// <summary>A name as it is written in text: DropAfter is drop-after.</summary>
    public static string Kebab<T>(T value)
        where T : struct, Enum => Capital().Replace(value.ToString(), "-$0").ToLowerInvariant();

    private static T Name<T>(string text)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Kebab(value) == text)
            {
                return value;
            }
        }

        throw new FormatException($"is not one of {string.Join(", ", Enum.GetValues<T>().Select(Kebab))}.");
    }

    private static int Number(string text, int lowest, int highest = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= lowest && number <= highest
            ? number
            : throw new FormatException($"is not a whole number from {lowest} to {highest}.");

    private static double Share(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1
            ? share
            : throw new FormatException("is not a number from 0 to 1.");

    private static bool Flag(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException("is neither true nor false."),
    };

    private static TimeSpan Time(string text) =>
        Duration.TryParse(text, out TimeSpan time) ? time : throw new FormatException("is not a duration such as 200ms or 2s.");

    private static string Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out _) ? text : throw new FormatException("is not an absolute URL.");

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""")]
    private static partial Regex Word();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}

using EpPromo.Sandbox.Filters;
using EpPromo.Sandbox.Pipeline;

namespace EpPromo.Sandbox.Faults;

/// <summary>
/// Rejects rules that can never trigger, or have a key that their action ignores. Somebody who mistypes a rule would otherwise take the
/// client to be correct.
/// </summary>
internal static class FaultRuleValidator
{
    /// <summary>The methods of the API and of the file host.</summary>
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE", "HEAD"];

    /// <summary>Whether a rule selects requests by this key, so that every action has it.</summary>
    public static bool IsCommon(string key) =>
        key is "action" or "endpoint" or "method" or "path" or "skip" or "every" or "probability" or "times";

    /// <summary>The further keys that an action uses.</summary>
    public static IReadOnlyList<string> KeysOf(FaultAction action) => action switch
    {
        FaultAction.Status => ["status", "body", "text", "after", "retry-after", "time"],
        FaultAction.Redirect => ["status", "url"],
        FaultAction.Delay or FaultAction.StallHeaders or FaultAction.StallBody or FaultAction.ListLag => ["time"],
        FaultAction.Oversized => ["size"],
        FaultAction.FailJob or FaultAction.ShortJob => ["count"],
        _ => [],
    };

    /// <summary>A name or pattern of endpoints.</summary>
    /// <exception cref="FormatException">It matches no endpoint.</exception>
    public static string Endpoint(string text) => EndpointName.All.Any(endpoint => Matches(text, endpoint))
        ? text
        : throw new FormatException($"matches none of {string.Join(", ", EndpointName.All.Select(endpoint => endpoint.Value))}.");

    /// <summary>An HTTP method.</summary>
    /// <exception cref="FormatException">The sandbox has no endpoint for it.</exception>
    public static string Method(string text) => s_methods.Contains(text, StringComparer.OrdinalIgnoreCase)
        ? text
        : throw new FormatException($"is not one of {string.Join(", ", s_methods)}.");

    /// <summary>A path or pattern of paths.</summary>
    /// <exception cref="FormatException">No path begins like this.</exception>
    public static string Path(string text) => text.StartsWith('/') || text.StartsWith('*')
        ? text
        : throw new FormatException("begins neither with / nor with *.");

    /// <summary>Checks the rule as a whole.</summary>
    /// <exception cref="FormatException">The message says what is invalid.</exception>
    public static void Validate(FaultRule rule, IEnumerable<string> keys)
    {
        string action = FaultRuleParser.KebabCase(rule.Action);
        if (keys.FirstOrDefault(key => !IsCommon(key) && !KeysOf(rule.Action).Contains(key)) is { } unused)
        {
            string used = KeysOf(rule.Action) is { Count: > 0 } own ? $"has {string.Join(", ", own)}" : "has no keys of its own";
            throw new FormatException($"'{unused}' has no effect on {action}, which {used}.");
        }

        bool isForNewJobs = rule.Action is FaultAction.FailJob or FaultAction.ShortJob;
        if (isForNewJobs && rule.Endpoint is { } endpoint && !Matches(endpoint, EndpointName.JobCreate))
        {
            throw new FormatException($"{action} has an effect only on {EndpointName.JobCreate.Value}, not on '{endpoint}'.");
        }
    }

    private static bool Matches(string pattern, EndpointName endpoint) =>
        Wildcard.Matches(pattern, endpoint.Value, StringComparison.Ordinal);
}

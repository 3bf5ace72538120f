using EpPromo.Sandbox.Filters;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox;

/// <summary>
/// The active fault rules. Each request is compared with the rules in the order in which they were added and can trigger
/// several. Thread-safe.
/// </summary>
public sealed class FaultRules
{
    private readonly Lock _lock = new();
    private readonly int _seed;
    private readonly List<ActiveFault> _faults = [];
    private int _added;

    internal FaultRules(int seed, IEnumerable<FaultRule> rules)
    {
        _seed = seed;
        foreach (FaultRule rule in rules)
        {
            Add(rule);
        }
    }

    /// <summary>The active rules and their counts.</summary>
    public IReadOnlyList<ActiveFault> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Adds a rule and returns its id.</summary>
    /// <param name="rule">The rule.</param>
    public int Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Every, 1, nameof(rule));
        lock (_lock)
        {
            _faults.Add(new ActiveFault(++_added, rule, Matched: 0, Triggered: 0));
            return _added;
        }
    }

    /// <summary>Adds a rule and returns its id.</summary>
    /// <param name="text">The rule, in the form that <see cref="FaultRule.Parse"/> reads.</param>
    /// <exception cref="FormatException">The text is not a rule; the message says why.</exception>
    public int Add(string text) => Add(FaultRule.Parse(text));

    /// <summary>Removes a rule; false if there is none with that id.</summary>
    /// <param name="id">The rule's id.</param>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _faults.RemoveAll(fault => fault.Id == id) > 0;
        }
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>Finds the next fault that a request triggers, and counts it.</summary>
    /// <param name="afterId">The id of the previous fault that the request triggered; 0 to start.</param>
    /// <param name="endpoint">The name of the endpoint; null if the request matches none.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path.</param>
    /// <returns>The fault, and the random generator for what its rule leaves open; null if there is no further fault.</returns>
    internal (ActiveFault Fault, SeededRandom Random)? TriggerNext(int afterId, string? endpoint, string method, string path)
    {
        lock (_lock)
        {
            for (int i = 0; i < _faults.Count; i++)
            {
                if (_faults[i].Id > afterId && Applies(_faults[i].Rule, endpoint, method, path))
                {
                    ActiveFault fault = _faults[i] with { Matched = _faults[i].Matched + 1 };

                    // Derived from the number of matches, so that it depends neither on time nor on other rules.
                    SeededRandom random = SeededRandom.For(_seed, $"fault {fault.Id}", fault.Matched);
                    bool triggers = IsDue(fault) && random.NextDouble() < fault.Rule.Probability;
                    _faults[i] = triggers ? fault with { Triggered = fault.Triggered + 1 } : fault;
                    if (triggers)
                    {
                        return (_faults[i], random);
                    }
                }
            }

            return null;
        }
    }

    private static bool Applies(FaultRule rule, string? endpoint, string method, string path) =>
        (rule.Endpoint is null || (endpoint is not null && Wildcard.Matches(rule.Endpoint, endpoint, StringComparison.Ordinal)))
        && (rule.Method is null || rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (rule.Path is null || Wildcard.Matches(rule.Path, path, StringComparison.Ordinal));

    private static bool IsDue(ActiveFault fault)
    {
        int number = fault.Matched - fault.Rule.Skip;
        return number > 0
            && number % fault.Rule.Every == 0
            && (fault.Rule.Times is not { } times || fault.Triggered < times);
    }
}

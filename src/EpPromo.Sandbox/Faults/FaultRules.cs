using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox;

/// <summary>
/// The faults in force. Rules are tried in the order they were added; several can strike one request. Safe to use from any
/// thread.
/// </summary>
public sealed class FaultRules
{
    private readonly Lock _lock = new();
    private readonly int _seed;
    private readonly List<ActiveFault> _rules = [];
    private int _added;

    internal FaultRules(int seed, IEnumerable<FaultRule> rules)
    {
        _seed = seed;
        foreach (FaultRule rule in rules)
        {
            Add(rule);
        }
    }

    /// <summary>The rules in force and what they have done.</summary>
    public IReadOnlyList<ActiveFault> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _rules];
            }
        }
    }

    /// <summary>Adds a rule and gives back its id.</summary>
    /// <param name="rule">The rule.</param>
    public int Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Every, 1, nameof(rule));
        lock (_lock)
        {
            _rules.Add(new ActiveFault(++_added, rule, Matched: 0, Triggered: 0));
            return _added;
        }
    }

    /// <summary>Adds a rule and gives back its id.</summary>
    /// <param name="text">The rule as <see cref="FaultRule.Parse"/> reads it.</param>
    /// <exception cref="FormatException">It is not a rule.</exception>
    public int Add(string text) => Add(FaultRule.Parse(text));

    /// <summary>Removes a rule and says whether it was there.</summary>
    /// <param name="id">Its id.</param>
    public bool Remove(int id)
    {
        lock (_lock)
        {
            return _rules.RemoveAll(rule => rule.Id == id) > 0;
        }
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    /// <summary>The first rule, of those added after the given one, that strikes a request; its randomness with it.</summary>
    internal (ActiveFault Rule, SeededRandom Random)? Strike(int after, string? endpoint, string method, string path)
    {
        lock (_lock)
        {
            for (int i = 0; i < _rules.Count; i++)
            {
                if (_rules[i].Id > after && IsFor(_rules[i].Rule, endpoint, method, path))
                {
                    ActiveFault count = _rules[i] with { Matched = _rules[i].Matched + 1 };

                    // Drawn from the number of the match, so that neither time nor other rules have a say in it.
                    SeededRandom random = SeededRandom.For(_seed, $"fault {count.Id}", count.Matched);
                    bool strikes = IsDue(count) && random.NextDouble() < count.Rule.Probability;
                    _rules[i] = strikes ? count with { Triggered = count.Triggered + 1 } : count;
                    if (strikes)
                    {
                        return (_rules[i], random);
                    }
                }
            }

            return null;
        }
    }

    private static bool IsFor(FaultRule rule, string? endpoint, string method, string path) =>
        (rule.Endpoint is null || (endpoint is not null && Wildcard.Matches(rule.Endpoint, endpoint, StringComparison.Ordinal)))
        && (rule.Method is null || rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (rule.Path is null || Wildcard.Matches(rule.Path, path, StringComparison.Ordinal));

    private static bool IsDue(ActiveFault count)
    {
        int past = count.Matched - count.Rule.Skip;
        return past > 0 && past % count.Rule.Every == 0 && (count.Rule.Times is not { } times || count.Triggered < times);
    }
}

using EpPromo.Sandbox.Faults;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>The fault rules that the page shows.</summary>
/// <param name="Found">How many rules there are.</param>
/// <param name="Rows">The first ones.</param>
internal sealed record FaultRows(int Found, IReadOnlyList<FaultRow> Rows)
{
    /// <summary>How many rules are shown.</summary>
    private const int MaxFaults = 50;

    public static FaultRows Of(FaultRules rules)
    {
        IReadOnlyList<ActiveFault> all = rules.All;
        return new FaultRows(all.Count, [.. all.Take(MaxFaults).Select(fault => new FaultRow(
            fault.Id, ShortText.Of(FaultRuleFormatter.Format(fault.Rule)), fault.Rule.Times, fault.Matched, fault.Triggered))]);
    }
}

/// <summary>A fault rule as the page shows it.</summary>
/// <param name="Id">The id, to remove the rule by.</param>
/// <param name="Rule">The rule as text.</param>
/// <param name="Times">How often it is triggered at most; null for no limit.</param>
/// <param name="Matched">How many requests it applied to.</param>
/// <param name="Triggered">How many requests triggered it.</param>
internal sealed record FaultRow(int Id, string Rule, int? Times, int Matched, int Triggered);

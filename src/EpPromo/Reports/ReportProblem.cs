namespace EpPromo.Reports;

/// <summary>What did not succeed, at one or several places for the same reason. Its properties are those of the JSON report.</summary>
internal sealed record ReportProblem
{
    /// <summary>The id of the error (docs/errors.md).</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>Whether nothing remains to be done: later jobs have made up for it.</summary>
    public bool IsResolved { get; init; }

    /// <summary>What the store said about a job; empty for other errors, whose messages are with their places.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do about it, at the first place.</summary>
    public string RecommendedAction { get; init; } = "";

    /// <summary>Where it happened.</summary>
    public IReadOnlyList<ReportProblemPlace> Places { get; init; } = [];
}

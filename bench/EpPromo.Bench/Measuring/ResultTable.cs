using System.Globalization;

namespace EpPromo.Bench.Measuring;

/// <summary>Prints results as a table in Markdown, the one of docs/performance.md.</summary>
internal static class ResultTable
{
    private static readonly string[] s_header = ["name", "work", "ours", "peer", "", "ratio", "min–max", "target", ""];

    /// <summary>The table of <paramref name="results"/>.</summary>
    public static string Format(IEnumerable<(string Name, Result Result)> results) =>
        Format(s_header, results.Select(one => Cells(one.Name, one.Result)));

    /// <summary>The same without measurements: what is measured, and the targets.</summary>
    public static string FormatRows(IEnumerable<(string Name, Row Row)> rows) =>
        Format(["name", "work", "peer", "target"], rows.Select(one => new[] { one.Name, one.Row.Work, one.Row.Peer, one.Row.Target.ToString() }));

    private static string Format(string[] header, IEnumerable<string[]> cells)
    {
        string[][] rows = [header, [.. header.Select(_ => "---")], .. cells];
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => $"| {string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column])))} |"));
    }

    private static string[] Cells(string name, Result result) =>
    [
        name,
        result.Row.Work,
        result.Ours.ToString(),
        result.Row.Peer,
        result.Peer?.ToString() ?? "",
        result.Row.Target.Kind == TargetKind.AtMost ? "" : Ratio(result.Figure),
        Spread(result),
        result.Row.Target.ToString(),
        !result.Row.Target.HasBound ? "" : result.IsMet ? "met" : "MISSED",
    ];

    /// <summary>The least and the greatest figure of a round; nothing if there was only one round.</summary>
    private static string Spread(Result result)
    {
        Unit unit = result.Ours.Unit;
        double min = result.Figures.Min();
        double max = result.Figures.Max();
        return result.Figures.Count == 1 ? ""
            : result.Row.Target.Kind == TargetKind.AtMost ? $"{unit.Number(min)}–{unit.Number(max)} {unit.Name}"
            : $"{Ratio(min)}–{Ratio(max)}";
    }

    private static string Ratio(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace EpPromo.Bench.Measuring;

/// <summary>Prints results as a table in Markdown, the one of docs/performance.md.</summary>
internal static class ResultTable
{
    private static readonly string[] s_header = ["name", "work", "ours", "peer", "", "ratio", "min–max", "target", ""];

    public static string Format(IEnumerable<(string Name, Result Result)> results)
    {
        string[][] rows = [s_header, [.. s_header.Select(_ => "---")], .. results.Select(one => Cells(one.Name, one.Result))];
        int[] widths = [.. Enumerable.Range(0, s_header.Length).Select(column => rows.Max(row => row[column].Length))];
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
        result.Row.Target == Target.None ? "" : result.IsMet ? "met" : "MISSED",
    ];

    private static string Spread(Result result) =>
        result.Row.Target.Kind == TargetKind.AtMost
            ? $"{result.Ours with { Values = [result.Figures.Min()] }}–{result.Ours with { Values = [result.Figures.Max()] }}"
            : $"{Ratio(result.Figures.Min())}–{Ratio(result.Figures.Max())}";

    private static string Ratio(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}

using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using EpPromo.Runs.Watching;
using EpPromo.Text;

namespace EpPromo.PowerShell.Watching;

/// <summary>
/// A watch on a screen: the tables of Get-EpPromotionRun and Get-EpPromotionJob with what is open, replaced whenever it has been read.
/// </summary>
internal sealed class WatchTable : IWatchView
{
    /// <summary>
    /// The lines besides the rows: two headings of two lines, two lines that say how many rows are left out, two empty lines, the status, the
    /// line of the cursor.
    /// </summary>
    private const int OtherLines = 10;

    private readonly Screen _screen;
    private readonly CommandInvocationIntrinsics _invoke;
    private readonly Action<string> _writeLine;
    private (WatchSnapshot Snapshot, Size Window)? _shown;

    /// <summary>A table that is not shown yet.</summary>
    /// <param name="screen">Where it is shown.</param>
    /// <param name="invoke">Formats the tables, with the views of the module.</param>
    /// <param name="writeLine">Writes a line that stays.</param>
    public WatchTable(Screen screen, CommandInvocationIntrinsics invoke, Action<string> writeLine)
    {
        _screen = screen;
        _invoke = invoke;
        _writeLine = writeLine;
    }

    /// <inheritdoc/>
    public void Show(WatchSnapshot snapshot)
    {
        if (_screen.Window is { } window && !(_shown is { } shown && ReferenceEquals(shown.Snapshot, snapshot) && shown.Window == window))
        {
            _screen.Show(Lines(snapshot, window));
            _shown = (snapshot, window);
        }
    }

    /// <inheritdoc/>
    public void Hide()
    {
        _screen.Clear();
        _shown = null;
    }

    /// <inheritdoc/>
    public void Close(WatchSnapshot snapshot)
    {
        Hide();
        foreach (PromotionJob job in snapshot.Jobs)
        {
            _writeLine(WatchText.Of(job));
        }
    }

    private string[] Lines(WatchSnapshot snapshot, Size window)
    {
        int rows = window.Height - OtherLines;
        int jobs = Math.Min(snapshot.ActiveJobs.Count, Math.Max(rows / 2, rows - snapshot.OpenRuns.Count));
        int runs = Math.Min(snapshot.OpenRuns.Count, rows - jobs);
        IEnumerable<string> lines = [.. Table(snapshot.OpenRuns, runs, window), .. Table(snapshot.ActiveJobs, jobs, window), WatchText.Status(snapshot)];
        return [.. lines.Select(_screen.Shorten)];
    }

    private IEnumerable<string> Table(IReadOnlyList<object> items, int count, Size window)
    {
        if (items.Count == 0)
        {
            return [];
        }

        IEnumerable<string> lines = _invoke.InvokeScript(
                @"$args[0] | Microsoft.PowerShell.Utility\Out-String -Stream -Width $args[1]",
                useNewScope: true,
                PipelineResultTypes.None,
                null,
                items.Take(count).ToArray(),
                window.Width - 1)
            .Select(line => Plain(line.ToString()))
            .Where(line => line.Length > 0);
        return items.Count > count ? [.. lines, MessageText.Of(SR.ProgressWatchMore, items.Count - count), ""] : [.. lines, ""];
    }

    /// <summary>Without colours, of which it depends on the user's settings whether the text has them.</summary>
    private static string Plain(string line) => Regex.Replace(line, "\u001b\\[[0-9;]*m", "");
}

using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using EpPromo.Runs.Watching;
using EpPromo.Text;

namespace EpPromo.PowerShell.Watching;

/// <summary>A watch on a screen: the tables of Get-EpPromotionRun and Get-EpPromotionJob with what is open, replaced whenever it has been read.</summary>
internal sealed class WatchTable : IWatchView
{
    /// <summary>The lines besides the rows: two headings of two lines, two lines that say how many rows are left out, two empty lines, the status, the prompt.</summary>
    private const int OtherLines = 10;

    private readonly Screen _screen;
    private readonly CommandInvocationIntrinsics _invoke;
    private readonly Action<string> _writeLine;
    private (WatchSnapshot Known, Size Window)? _shown;

    /// <summary>A table that is not shown yet.</summary>
    /// <param name="screen">Where it is shown.</param>
    /// <param name="invoke">Formats the tables, with the views of the module.</param>
    /// <param name="writeLine">Writes a line that stays.</param>
    public WatchTable(Screen screen, CommandInvocationIntrinsics invoke, Action<string> writeLine)
    {
        _writeLine = writeLine;
        _screen = screen;
        _invoke = invoke;
    }

    /// <inheritdoc/>
    public void Show(WatchSnapshot known)
    {
        if (_screen.Window is { } window && _shown != (known, window))
        {
            _screen.Show(Lines(known, window));
            _shown = (known, window);
        }
    }

    /// <inheritdoc/>
    public void Hide()
    {
        _screen.Clear();
        _shown = null;
    }

    /// <inheritdoc/>
    public void Close(WatchSnapshot known)
    {
        Hide();
        foreach (PromotionJob job in known.Jobs)
        {
            _writeLine(WatchText.Of(job));
        }
    }

    private IReadOnlyList<string> Lines(WatchSnapshot known, Size window)
    {
        int rows = Math.Max(2, window.Height - OtherLines);
        int jobs = Math.Min(known.ActiveJobs.Count, Math.Max(rows / 2, rows - known.OpenRuns.Count));
        int runs = Math.Min(known.OpenRuns.Count, rows - jobs);
        return [.. Table(known.OpenRuns, runs, window), .. Table(known.ActiveJobs, jobs, window), WatchText.Status(known)];
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
            .Select(line => line.ToString())
            .Where(line => line.Length > 0);
        return items.Count > count ? [.. lines, MessageText.Of(SR.ProgressWatchMore, items.Count - count), ""] : [.. lines, ""];
    }
}

using System.Management.Automation;

namespace EpPromo.PowerShell.Progress;

/// <summary>The progress bars of a command that are on the screen. On the pipeline thread.</summary>
internal sealed class ProgressBars
{
    private readonly SortedDictionary<int, ProgressRecord> _shown = [];

    /// <summary>Shows a bar, or takes it away when it is completed.</summary>
    public void Show(ProgressRecord bar, Action<ProgressRecord> write)
    {
        if (bar.RecordType == ProgressRecordType.Completed)
        {
            _shown.Remove(bar.ActivityId);
        }
        else
        {
            _shown[bar.ActivityId] = bar;
        }

        write(bar);
    }

    /// <summary>Takes all bars away.</summary>
    public void HideAll(Action<ProgressRecord> write)
    {
        // Those below others first: the bar for all has the lowest id.
        foreach (ProgressRecord bar in _shown.Values.Reverse())
        {
            bar.RecordType = ProgressRecordType.Completed;
            write(bar);
        }
    }
}

using System.Management.Automation;

namespace EpPromo.PowerShell.Progress;

/// <summary>The progress bars that a command shows. On the pipeline thread.</summary>
internal sealed class ProgressBars
{
    private readonly SortedDictionary<int, ProgressRecord> _shown = [];

    /// <summary>Shows a bar, or removes it if it is completed.</summary>
    public void Show(ProgressRecord bar, Action<ProgressRecord> write)
    {
        if (bar.RecordType == ProgressRecordType.Completed)
        {
            _shown.Remove(bar.ActivityId);
        }
        else
        {
            _shown[bar.ActivityId] = bar;
            if (bar.SecondsRemaining >= 0)
            {
                // The minimal view writes the time right after a status that just fits.
                bar.StatusDescription = bar.StatusDescription.TrimEnd() + " ";
            }
        }

        write(bar);
    }

    /// <summary>Removes all bars.</summary>
    public void HideAll(Action<ProgressRecord> write)
    {
        // Child bars first: the parent has the lowest id.
        foreach (ProgressRecord bar in _shown.Values.Reverse())
        {
            bar.RecordType = ProgressRecordType.Completed;
            write(bar);
        }
    }
}

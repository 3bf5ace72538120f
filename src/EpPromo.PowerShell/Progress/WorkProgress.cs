using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Progress;

/// <summary>
/// The progress of a command that works on many promotions: a bar for all, and below it one for each that reports what it does. A single
/// promotion has one bar. Work reports on any thread; the bars are shown on the pipeline thread.
/// </summary>
internal sealed class WorkProgress
{
    private const int OverallId = 1;

    /// <summary>More bars would fill the screen.</summary>
    private const int MaxBars = 8;

    private readonly string _activity;
    private readonly object _lock = new();
    private readonly LinkedList<WorkStep> _active = new();
    private readonly Dictionary<WorkStep, ProgressRecord> _bars = [];
    private ProgressRecord? _overall;
    private int _total;
    private int _ended;
    private int _lastId = OverallId;

    /// <summary>Nothing to do yet.</summary>
    /// <param name="activity">What the command does.</param>
    public WorkProgress(string activity) => _activity = activity;

    /// <summary>Adds work on a promotion, which is active from its first report until it is disposed.</summary>
    /// <param name="title">The name of the promotion.</param>
    public WorkStep Add(string title)
    {
        lock (_lock)
        {
            _total++;
            return new WorkStep(title, _active, _lock, () => _ended++);
        }
    }

    /// <summary>Shows the bars of work that has not ended, and removes the others.</summary>
    /// <param name="show">Shows a bar.</param>
    /// <param name="remaining">How long the work will take, or null.</param>
    public void Show(Action<ProgressRecord> show, TimeSpan? remaining = null)
    {
        (WorkStep Step, string Status)[] active;
        int total;
        int ended;
        lock (_lock)
        {
            total = _total;
            ended = _ended;
            active = [.. _active.Take(MaxBars).Select(step => (step, step.Status))];
        }

        (WorkStep Step, string Status)[] children = total == 1 ? [] : [.. active.Where(one => one.Status.Length > 0)];
        foreach (WorkStep step in _bars.Keys.Except(children.Select(child => child.Step)).ToArray())
        {
            Hide(_bars[step], show);
            _bars.Remove(step);
        }

        if (ended == total)
        {
            if (_overall is not null)
            {
                Hide(_overall, show);
                _overall = null;
            }

            return;
        }

        show(_overall = total == 1
            ? Bar(OverallId, -1, _activity, Single(active), -1, remaining)
            : Bar(OverallId, -1, _activity, Overall(ended, total, active), 100 * ended / total, remaining));
        foreach ((WorkStep step, string status) in children)
        {
            int id = _bars.TryGetValue(step, out ProgressRecord? bar) ? bar.ActivityId : ++_lastId;
            show(_bars[step] = Bar(id, OverallId, step.Title, status, -1, null));
        }
    }

    private static void Hide(ProgressRecord bar, Action<ProgressRecord> show)
    {
        bar.RecordType = ProgressRecordType.Completed;
        show(bar);
    }

    private static string Single((WorkStep Step, string Status)[] active) =>
        string.Join(": ", active.SelectMany(one => new[] { one.Step.Title, one.Status }).Where(text => text.Length > 0).DefaultIfEmpty(" "));

    /// <summary>How many have ended, and the name of the first one without a bar of its own.</summary>
    private static string Overall(int ended, int total, (WorkStep Step, string Status)[] active)
    {
        string status = MessageText.Of(SR.ProgressJobs, ended, total);
        string? name = active.Where(one => one.Status.Length == 0).Select(one => one.Step.Title).FirstOrDefault();
        return name is null ? status : $"{status}, {name}";
    }

    private static ProgressRecord Bar(int id, int parent, string activity, string status, int percent, TimeSpan? remaining) =>
        new(id, activity, status)
        {
            ParentActivityId = parent,
            PercentComplete = percent,
            SecondsRemaining = remaining is { } left ? (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds)) : -1,
        };
}

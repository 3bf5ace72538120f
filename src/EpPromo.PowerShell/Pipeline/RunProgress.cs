using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>The progress of a run on many promotions: one bar for all, and one below it for each promotion in work.</summary>
internal sealed class RunProgress
{
    private const int OverallId = 1;

    private readonly string _name;
    private readonly DateTimeOffset _started = SessionStores.Clock.UtcNow;
    private readonly List<RunState> _open = [];
    private readonly Dictionary<RunState, ProgressRecord> _bars = [];
    private int _lastId = OverallId;

    // Of the runs that have ended only the sums are kept, so that a thousand promotions take no more memory than ten.
    private int _ended;
    private long _wantedByEnded;
    private long _madeByEnded;
    private long _madeNowByEnded;

    public RunProgress(string name) => _name = name;

    /// <summary>Takes in a run that begins. On the pipeline thread, as <see cref="Show"/> is.</summary>
    public void Add(RunState run) => _open.Add(run);

    /// <summary>Shows where all runs stand.</summary>
    public void Show(Action<ProgressRecord> show)
    {
        DateTimeOffset now = SessionStores.Clock.UtcNow;
        foreach (RunState run in _open.Where(run => run.IsEnded).ToArray())
        {
            Fold(run, show);
        }

        foreach (RunState run in _open.Where(run => run.Activity.Length > 0))
        {
            ShowBar(run, now, show);
        }

        long wanted = _wantedByEnded + _open.Sum(run => (long)run.Requested);
        long made = _madeByEnded + _open.Sum(run => (long)run.Generated);
        long madeNow = _madeNowByEnded + _open.Sum(run => (long)run.Generated - run.FoundAtStart);
        show(Bar(
            OverallId, -1, $"Run {_name}",
            $"{_ended} of {_ended + _open.Count} promotions ended, {made} of {wanted} codes",
            made, wanted, madeNow, now - _started));
    }

    private void Fold(RunState run, Action<ProgressRecord> show)
    {
        HideBar(run, show);
        _open.Remove(run);
        _ended++;
        _wantedByEnded += run.Requested;
        _madeByEnded += run.Generated;
        _madeNowByEnded += run.Generated - run.FoundAtStart;
    }

    private void ShowBar(RunState run, DateTimeOffset now, Action<ProgressRecord> show)
    {
        int id = _bars.TryGetValue(run, out ProgressRecord? known) ? known.ActivityId : ++_lastId;
        show(_bars[run] = Bar(
            id, OverallId, $"Promotion {run.PromotionId}", $"{run.Generated} of {run.Requested} codes, {run.Activity}",
            run.Generated, run.Requested, run.Generated - run.FoundAtStart, now - run.Started));
    }

    private void HideBar(RunState run, Action<ProgressRecord> show)
    {
        if (_bars.TryGetValue(run, out ProgressRecord? bar))
        {
            bar.RecordType = ProgressRecordType.Completed;
            show(bar);
            _bars.Remove(run);
        }
    }

    private static ProgressRecord Bar(
        int id, int parent, string activity, string status, long made, long wanted, long madeNow, TimeSpan elapsed)
    {
        double rate = elapsed > TimeSpan.Zero ? madeNow / elapsed.TotalSeconds : 0;
        return new ProgressRecord(id, activity, rate > 0 ? $"{status}, {rate:0}/s" : status)
        {
            ParentActivityId = parent,
            PercentComplete = wanted == 0 ? 0 : (int)Math.Min(100, 100 * made / wanted),
            SecondsRemaining = rate > 0 ? (int)Math.Min(int.MaxValue, (wanted - made) / rate) : -1,
        };
    }
}

using System.Globalization;
using System.Management.Automation;
using EpPromo.Jobs;
using EpPromo.Runs.Execution;
using EpPromo.Runs.Progress;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.PowerShell.Progress;

/// <summary>The progress of a run on many promotions: one bar for all, and one below it for each active promotion.</summary>
internal sealed class RunProgress
{
    private const int OverallId = 1;

    private readonly string _name;
    private readonly int _maxBars;
    private readonly IClock _clock;
    private readonly RunRateEstimate _estimate;
    private readonly Dictionary<RunState, ProgressRecord> _bars = [];
    private int _lastId = OverallId;

    /// <summary>The progress of a run that starts now.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="throttleLimit">How many promotions are processed at the same time.</param>
    /// <param name="finalCheck">How long it waits on each promotion, after all codes are generated, before the final check.</param>
    /// <param name="clock">Time.</param>
    public RunProgress(string name, int throttleLimit, TimeSpan finalCheck, IClock clock)
    {
        _clock = clock;
        _name = name;
        _maxBars = throttleLimit;
        _estimate = new RunRateEstimate(clock.UtcNow, finalCheck);
    }

    /// <summary>Whether a run has not ended.</summary>
    public bool IsAnyOpen => _estimate.IsAnyOpen;

    /// <summary>Adds a run that starts. On the pipeline thread, as is <see cref="Show"/>.</summary>
    public void Add(RunState run) => _estimate.Add(run);

    /// <summary>Shows the progress of all runs.</summary>
    public void Show(Action<ProgressRecord> show)
    {
        DateTimeOffset now = _clock.UtcNow;
        _estimate.Observe(now);

        // More runs than the limit may seem active, because one may start between two reads.
        RunState[] active = [.. _estimate.Working.Take(_maxBars)];
        foreach (RunState run in _bars.Keys.Except(active).ToArray())
        {
            HideBar(run, show);
        }

        foreach (RunState run in active)
        {
            ShowBar(run, now, show);
        }

        // What is shortened if the screen has no room comes last.
        string waiting = Count(SR.ProgressYielded, _estimate.WaitingForOtherJobs) + Count(SR.ProgressFinalCheck, _estimate.InFinalCheck);
        RunProgressSnapshot all = _estimate.Overall(now);
        ProgressRecord overall = Bar(
            OverallId, -1, MessageText.Of(SR.ProgressRun, GeneratedName.Shorten(_name)),
            MessageText.Of(SR.ProgressOfRun, all.Generated, all.Requested, Rate(all), _estimate.Ended, _estimate.Runs, waiting), all);
        if (_estimate.Ended < _estimate.Runs)
        {
            // All codes are generated, but not all runs have ended.
            overall.PercentComplete = Math.Min(overall.PercentComplete, 99);
        }

        show(overall);
    }

    private void ShowBar(RunState run, DateTimeOffset now, Action<ProgressRecord> show)
    {
        int id = _bars.TryGetValue(run, out ProgressRecord? bar) ? bar.ActivityId : ++_lastId;
        RunProgressSnapshot snapshot = _estimate.Of(run, now);
        show(_bars[run] = Bar(
            id, OverallId, run.Request.PromotionTitle,
            MessageText.Of(SR.ProgressOfPromotion, snapshot.Generated, snapshot.Requested, Rate(snapshot), RunStatusText.ForProgress(run)),
            snapshot));
    }

    private void HideBar(RunState run, Action<ProgressRecord> show)
    {
        ProgressRecord bar = _bars[run];
        bar.RecordType = ProgressRecordType.Completed;
        show(bar);
        _bars.Remove(run);
    }

    private static ProgressRecord Bar(int id, int parent, string activity, string status, RunProgressSnapshot snapshot) =>
        new(id, activity, status)
        {
            ParentActivityId = parent,
            PercentComplete = snapshot.Requested == 0 ? 0 : (int)Math.Min(100, 100 * snapshot.Generated / snapshot.Requested),
            SecondsRemaining = snapshot.Remaining is { } remaining ? (int)Math.Min(int.MaxValue, Math.Ceiling(remaining.TotalSeconds)) : -1,
        };

    private static string Count(string format, int promotions) => promotions == 0 ? "" : MessageText.Of(format, promotions);

    private static string Rate(RunProgressSnapshot snapshot) => snapshot.CodesPerSecond is { } rate
        ? MessageText.Of(SR.ProgressRate, rate.ToString(rate < 10 ? "0.#" : "0", CultureInfo.InvariantCulture))
        : "";
}

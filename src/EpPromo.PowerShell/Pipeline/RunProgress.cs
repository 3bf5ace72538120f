using System.Globalization;
using System.Management.Automation;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>The progress of a run on many promotions: one bar for all, and one below it for each promotion in work.</summary>
internal sealed class RunProgress
{
    private const int OverallId = 1;

    private readonly string _name;
    private readonly int _mostBars;
    private readonly RunRateEstimate _pace;
    private readonly Dictionary<RunState, ProgressRecord> _bars = [];
    private int _lastId = OverallId;

    /// <summary>The progress of a run that begins now.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="throttleLimit">How many promotions are worked on at once.</param>
    /// <param name="lastLook">How long it waits on each promotion when all codes are made.</param>
    public RunProgress(string name, int throttleLimit, TimeSpan lastLook)
    {
        _name = name;
        _mostBars = throttleLimit;
        _pace = new RunRateEstimate(SessionStores.Clock.UtcNow, lastLook);
    }

    /// <summary>Whether a run has not ended.</summary>
    public bool IsAnyOpen => _pace.IsAnyOpen;

    /// <summary>Takes in a run that begins. On the pipeline thread, as <see cref="Show"/> is.</summary>
    public void Add(RunState run) => _pace.Add(run);

    /// <summary>Shows where all runs stand.</summary>
    public void Show(Action<ProgressRecord> show)
    {
        DateTimeOffset now = SessionStores.Clock.UtcNow;
        _pace.Look(now);

        // A slot may change hands while they are looked at.
        RunState[] atWork = [.. _pace.AtWork.Take(_mostBars)];
        foreach (RunState run in _bars.Keys.Except(atWork).ToArray())
        {
            HideBar(run, show);
        }

        foreach (RunState run in atWork)
        {
            ShowBar(run, now, show);
        }

        string waiting = Count(SR.ProgressYielded, _pace.GivingWay) + Count(SR.ProgressFinalCheck, _pace.Pausing);
        RunProgressSnapshot all = _pace.OfAll(now);
        ProgressRecord overall = Bar(
            OverallId, -1, MessageText.Of(SR.ProgressRun, _name),
            MessageText.Of(SR.ProgressOfRun, _pace.Ended, _pace.Runs, waiting, all.Made, all.Wanted), all);
        if (_pace.Ended < _pace.Runs)
        {
            // All codes are made, and it goes on all the same.
            overall.PercentComplete = Math.Min(overall.PercentComplete, 99);
        }

        show(overall);
    }

    private void ShowBar(RunState run, DateTimeOffset now, Action<ProgressRecord> show)
    {
        int id = _bars.TryGetValue(run, out ProgressRecord? known) ? known.ActivityId : ++_lastId;
        RunProgressSnapshot figures = _pace.Of(run, now);
        show(_bars[run] = Bar(
            id, OverallId, MessageText.Of(SR.ProgressPromotion, run.PromotionId),
            MessageText.Of(SR.ProgressOfPromotion, figures.Made, figures.Wanted, run.Activity), figures));
    }

    private void HideBar(RunState run, Action<ProgressRecord> show)
    {
        ProgressRecord bar = _bars[run];
        bar.RecordType = ProgressRecordType.Completed;
        show(bar);
        _bars.Remove(run);
    }

    private static ProgressRecord Bar(int id, int parent, string activity, string status, RunProgressSnapshot figures) =>
        new(id, activity, figures.Rate is { } rate ? string.Format(CultureInfo.InvariantCulture, "{0}, {1}/s", status, Short(rate)) : status)
        {
            ParentActivityId = parent,
            PercentComplete = figures.Wanted == 0 ? 0 : (int)Math.Min(100, 100 * figures.Made / figures.Wanted),
            SecondsRemaining = figures.Left is { } left ? (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds)) : -1,
        };

    private static string Count(string format, int promotions) => promotions == 0 ? "" : MessageText.Of(format, promotions);

    private static string Short(double rate) => rate.ToString(rate < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
}

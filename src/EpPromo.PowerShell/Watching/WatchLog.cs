using EpPromo.Runs.Watching;
using EpPromo.Text;

namespace EpPromo.PowerShell.Watching;

/// <summary>A watch in a log: a line for each run, and for each job of no run, whenever it has changed.</summary>
internal sealed class WatchLog : IWatchView
{
    private readonly Action<string> _write;
    private readonly Dictionary<(string? Store, PromotionKind Kind, string Name), string> _runs = [];
    private readonly Dictionary<(string? Store, PromotionKind Kind, string JobId), string> _jobs = [];

    /// <summary>A log without lines.</summary>
    /// <param name="write">Writes a line.</param>
    public WatchLog(Action<string> write) => _write = write;

    /// <inheritdoc/>
    public void Show(WatchSnapshot snapshot)
    {
        foreach (PromotionRun run in snapshot.Runs)
        {
            WriteChange(_runs, (run.Store, run.Kind, run.Name), WatchText.Of(run), snapshot.Time);
        }

        foreach (PromotionJob job in snapshot.Jobs)
        {
            WriteChange(_jobs, (job.Store, job.Kind, job.JobId), WatchText.Of(job), snapshot.Time);
        }
    }

    /// <inheritdoc/>
    public void Hide()
    {
    }

    /// <inheritdoc/>
    public void Close(WatchSnapshot snapshot)
    {
    }

    private void WriteChange<T>(Dictionary<T, string> written, T subject, string text, DateTimeOffset time)
        where T : notnull
    {
        if (!written.TryGetValue(subject, out string? before) || before != text)
        {
            written[subject] = text;
            _write(MessageText.Of(SR.ProgressWatchLine, time.LocalDateTime, text));
        }
    }
}

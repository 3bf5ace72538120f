using EpPromo.Runs.Watching;
using EpPromo.Text;

namespace EpPromo.PowerShell.Watching;

/// <summary>A watch in a log: a line for each run, and for each job of no run, whenever it has changed.</summary>
internal sealed class WatchLog : IWatchView
{
    private readonly Action<string> _write;
    private readonly Dictionary<object, string> _written = [];

    /// <summary>A log without lines.</summary>
    /// <param name="write">Writes a line.</param>
    public WatchLog(Action<string> write) => _write = write;

    /// <inheritdoc/>
    public void Show(WatchSnapshot known)
    {
        foreach (PromotionRun run in known.Runs)
        {
            Write((run.Store, run.Kind, run.Name), WatchText.Of(run), known);
        }

        foreach (PromotionJob job in known.Jobs)
        {
            Write(job.JobId, WatchText.Of(job), known);
        }
    }

    /// <inheritdoc/>
    public void Hide()
    {
    }

    /// <inheritdoc/>
    public void Close(WatchSnapshot known)
    {
    }

    private void Write(object subject, string text, WatchSnapshot known)
    {
        if (!_written.TryGetValue(subject, out string? written) || written != text)
        {
            _written[subject] = text;
            _write(MessageText.Of(SR.ProgressWatchLine, known.Time.LocalDateTime, text));
        }
    }
}

using System.Management.Automation;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.PowerShell.Watching;
using EpPromo.Runs.Finding;
using EpPromo.Runs.Watching;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>
/// Watch-EpPromotionRun: shows the open runs and jobs of a store until none is open, as a table that replaces itself or, where nobody looks
/// at a screen, as lines about what changes. At its end it returns the runs.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "EpPromotionRun")]
[OutputType(typeof(PromotionRun))]
public sealed class WatchEpPromotionRunCommand : RunListCmdlet
{
    private readonly Dictionary<StoreContext, RunWatcher> _watchers = [];
    private readonly Dictionary<StoreContext, WatchSnapshot> _snapshots = [];
    private WatchSnapshot? _snapshot;
    private CommandTimeout _timeout = null!;
    private IWatchView _view = null!;

    /// <summary>
    /// The maximum time to watch, in seconds or as a TimeSpan. Runs and jobs that are open then are an error, and continue in the store. With
    /// 0, everything is read once.
    /// </summary>
    /// <value>no limit</value>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _timeout = CreateTimeout(Timeout);
        _view = Screen.Of(Host, Common.ShowsProgress) is { } screen
            ? new WatchTable(screen, InvokeCommand, ShowLine)
            : new WatchLog(ShowLine);
    }

    /// <inheritdoc/>
    private protected override Func<CancellationToken, Task> CreateRead(StoreContext store, string promotionId, Func<string, bool>? isWanted)
    {
        if (!_watchers.TryGetValue(store, out RunWatcher? watcher))
        {
            _watchers[store] = watcher = new RunWatcher(
                store.Api.Jobs, store.Clock, () => store.Store.RequestsPerSecond, IsWholeStore ? new StoreRunFinder(store.Api).ListPromotionsAsync : null);
        }

        WatchedJobList list = watcher.Add(promotionId, isWanted);
        return stop => UntilTimeoutAsync(() => watcher.ReadAsync(list, store.Pages, Timeout == TimeSpan.Zero ? stop : _timeout.Token));
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        ReadAll();
        HideProgress();
        foreach (KeyValuePair<StoreContext, RunWatcher> watcher in _watchers)
        {
            Start(null, _ => UntilTimeoutAsync(() => watcher.Value.RunAsync(
                snapshot => PostAsync(() => ShowSnapshot(watcher.Key, snapshot)), WriteErrorAsync, IsWanted, _timeout.Token)));
        }

        DrainAll();
        if (_snapshot is not null)
        {
            _view.Close(_snapshot);
            WriteObject(_snapshot.Runs, enumerateCollection: true);
        }

        ShowMissingRuns();
        ShowEnd(_snapshot);
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress()
    {
        if (_snapshot is null)
        {
            base.UpdateProgress();
        }
        else
        {
            _view.Show(_snapshot);
        }
    }

    /// <inheritdoc/>
    private protected override void OnWriting() => _view?.Hide();

    /// <summary>Shows a line as Write-Host does.</summary>
    private void ShowLine(string line) => WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);

    private void ShowSnapshot(StoreContext store, WatchSnapshot snapshot)
    {
        _snapshots[store] = snapshot;
        if (_snapshots.Count == _watchers.Count)
        {
            _snapshot = WatchSnapshot.Of(_snapshots.Values);
            _view.Show(_snapshot);
        }
    }

    /// <summary>Runs work until the time is over. The error of that comes at the end, after the output.</summary>
    private async Task UntilTimeoutAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_timeout.HasExpired)
        {
            // ShowEnd writes the error.
        }
    }

    /// <summary>Says why there is no more to watch, unless the runs show it.</summary>
    private void ShowEnd(WatchSnapshot? snapshot)
    {
        int unread = snapshot?.UnreadPromotions ?? 0;
        if (_timeout.HasExpired && (snapshot is null || snapshot.IsAnyOpen || unread > 0))
        {
            ShowError(ErrorRecords.From(
                TimeoutError(
                    nameof(SR.WatchTimeout),
                    _timeout.Limit,
                    snapshot?.OpenRuns.Count ?? 0,
                    snapshot?.ActiveJobs.Count ?? 0,
                    unread == 0 ? "" : MessageText.Of(SR.DetailUnreadPromotions, unread)),
                null));
        }
        else if (IsWholeStore && Name is null && !HasFailed && snapshot is null or { Runs.Count: 0, Jobs.Count: 0 })
        {
            ShowLine(MessageText.Of(SR.ProgressNothingOpen, Kind ?? PromotionKind.Rule));
        }
    }
}

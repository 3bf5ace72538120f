using System.Management.Automation;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.PowerShell.Watching;
using EpPromo.Runs;
using EpPromo.Runs.Watching;

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
    private readonly Dictionary<StoreContext, WatchSnapshot> _known = [];
    private CommandTimeout _timeout = null!;
    private IWatchView _view = null!;
    private bool _isWatching;

    /// <summary>
    /// The maximum time to watch, in seconds or as a TimeSpan. Runs and jobs that are open then are an error, and continue in the store.
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
        _view = Screen.Of(Host, IsProgressShown) is { } screen
            ? new WatchTable(screen, InvokeCommand, ShowLine)
            : new WatchLog(ShowLine);
    }

    /// <inheritdoc/>
    private protected override Func<CancellationToken, Task> ReadOf(StoreContext store, string promotionId, Func<string, bool>? isWanted)
    {
        if (!_watchers.TryGetValue(store, out RunWatcher? watcher))
        {
            _watchers[store] = watcher = CreateWatcher(store);
        }

        WatchedJobList list = watcher.Add(promotionId, isWanted);
        return cancellationToken => watcher.ReadAsync(list, cancellationToken);
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing()
    {
        ReadAll();
        HideProgress();
        _isWatching = true;
        foreach (KeyValuePair<StoreContext, RunWatcher> watcher in _watchers)
        {
            Start(null, _ => WatchAsync(watcher.Key, watcher.Value));
        }

        DrainAll();
        if (_known.Count > 0)
        {
            End(WatchSnapshot.Of([.. _known.Values]));
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress()
    {
        if (!_isWatching)
        {
            base.UpdateProgress();
        }
        else if (_known.Count > 0)
        {
            _view.Show(WatchSnapshot.Of([.. _known.Values]));
        }
    }

    /// <inheritdoc/>
    private protected override void OnWriting() => _view?.Hide();

    /// <summary>Shows a line as Write-Host does.</summary>
    private void ShowLine(string line) => WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);

    private void ShowKnown(StoreContext store, WatchSnapshot known)
    {
        _known[store] = known;
        if (_known.Count == _watchers.Count)
        {
            _view.Show(WatchSnapshot.Of([.. _known.Values]));
        }
    }

    private RunWatcher CreateWatcher(StoreContext store)
    {
        RunWatcher watcher = new(store.Api.Jobs, store.Clock, () => store.Store.RequestsPerSecond);
        if (IsWholeStore)
        {
            watcher.FindPromotions = async cancellationToken =>
            {
                foreach (Promotion promotion in await new StoreRunFinder(store.Api).ListPromotionsAsync(cancellationToken))
                {
                    watcher.Add(promotion.PromotionId, IsWanted);
                }
            };
        }

        return watcher;
    }

    private async Task WatchAsync(StoreContext store, RunWatcher watcher)
    {
        try
        {
            await watcher.RunAsync(
                known => PostAsync(() => ShowKnown(store, known)), (error, promotionId) => WriteErrorAsync(error, promotionId), _timeout.Token);
        }
        catch (OperationCanceledException) when (_timeout.HasExpired)
        {
            // The error is written after the output: OnEndProcessing.
        }
    }

    private void End(WatchSnapshot known)
    {
        _view.Close(known);
        if (IsWholeStore && Name is null && known.Runs.Count + known.Jobs.Count == 0)
        {
            ShowLine(SR.ProgressNothingOpen);
        }

        WriteObject(known.Runs, enumerateCollection: true);
        if (_timeout.HasExpired && known.IsAnyOpen)
        {
            ShowError(ErrorRecords.From(
                TimeoutError(nameof(SR.WatchTimeout), _timeout.Limit, known.OpenRuns.Count, known.ActiveJobs.Count), null));
        }
    }
}

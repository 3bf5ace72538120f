using EpPromo.Runs.Watching;

namespace EpPromo.PowerShell.Watching;

/// <summary>How a watch is shown. On the pipeline thread.</summary>
internal interface IWatchView
{
    /// <summary>Shows what is known, unless that is shown already.</summary>
    void Show(WatchSnapshot snapshot);

    /// <summary>Makes room for something else that is about to be written.</summary>
    void Hide();

    /// <summary>The watch has ended, and the runs follow as its output.</summary>
    void Close(WatchSnapshot snapshot);
}

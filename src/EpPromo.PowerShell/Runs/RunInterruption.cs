using System.Globalization;
using System.Management.Automation.Host;
using EpPromo.Runs.Execution;
using EpPromo.Text;

namespace EpPromo.PowerShell.Runs;

/// <summary>
/// The interruption of a command's runs by Ctrl+C: shows how to resume them and, if requested, cancels their active jobs and shows the
/// outcome. It writes to the host, because the pipeline accepts no more output.
/// </summary>
internal sealed class RunInterruption : IDisposable
{
    /// <summary>How long the prompt may be delayed after Ctrl+C.</summary>
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(4);

    private readonly PSHostUserInterface? _ui;
    private readonly RunCanceller? _canceller;
    private readonly CancellationTokenSource _budget = new(s_budget);

    /// <summary>An interruption that starts now.</summary>
    /// <param name="ui">Where to show it.</param>
    /// <param name="name">The runs' name.</param>
    /// <param name="stopJobs">Whether to cancel their jobs.</param>
    public RunInterruption(PSHostUserInterface? ui, string name, bool stopJobs)
    {
        _ui = ui;
        _canceller = stopJobs ? new RunCanceller() : null;
        _ui?.WriteWarningLine(HowToResume(name, stopJobs ? SR.DetailJobsBeingCancelled : SR.DetailJobsContinue));
    }

    /// <summary>How to resume interrupted runs, and what happens to their <paramref name="jobs"/>.</summary>
    public static string HowToResume(string name, string jobs) =>
        string.Format(CultureInfo.InvariantCulture, SR.WarningRunInterrupted, name, QuotedText.Of(name), jobs);

    /// <summary>Cancels the active job of an interrupted run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="context">What it shares with the other runs in its store.</param>
    public Task CancelAsync(RunState run, RunContext context) =>
        _canceller?.CancelAsync(run, context, _budget.Token) ?? Task.CompletedTask;

    /// <summary>Shows the outcome. Called when all runs have ended.</summary>
    public void Dispose()
    {
        _budget.Dispose();
        if (_canceller is null)
        {
            return;
        }

        Warn(SR.WarningJobsCancelled, _canceller.Cancelled, _canceller.Continuing);
        if (_canceller.Unobserved > 0)
        {
            Warn(SR.WarningUnobservedJobs, _canceller.Unobserved);
        }
    }

    private void Warn(string format, params object[] arguments) =>
        _ui?.WriteWarningLine(string.Format(CultureInfo.InvariantCulture, format, arguments));
}

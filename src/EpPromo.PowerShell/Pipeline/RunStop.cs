using System.Globalization;
using System.Management.Automation.Host;
using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// What Ctrl+C does to runs: says how to go on with them and, where that is wanted, cancels their jobs at work and says what came of
/// it. All of it is said through the host, since the pipeline takes no more output.
/// </summary>
internal sealed class RunStop : IDisposable
{
    /// <summary>Nobody waits longer for a prompt after Ctrl+C.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);

    private readonly PSHostUserInterface? _screen;
    private readonly RunCanceller? _canceller;
    private readonly CancellationTokenSource _budget = new(Budget);

    /// <summary>A stop that begins now.</summary>
    /// <param name="screen">Where to say it.</param>
    /// <param name="name">The runs' name.</param>
    /// <param name="canceller">Cancels the jobs; null when they are to go on.</param>
    public RunStop(PSHostUserInterface? screen, string name, RunCanceller? canceller)
    {
        _screen = screen;
        _canceller = canceller;
        _screen?.WriteWarningLine(HowToGoOn(name, canceller is null ? SR.DetailJobsContinue : SR.DetailJobsBeingCancelled));
    }

    /// <summary>How to go on with runs that were broken off, and what becomes of their <paramref name="jobs"/>.</summary>
    public static string HowToGoOn(string name, string jobs) =>
        string.Format(CultureInfo.InvariantCulture, SR.WarningRunInterrupted, name, QuotedText.Of(name), jobs);

    /// <summary>Cancels the job at work of a run that has been broken off.</summary>
    public Task CancelAsync(CodeRunRequest request, RunState state) =>
        _canceller?.CancelAsync(request, state, _budget.Token) ?? Task.CompletedTask;

    /// <summary>Says what came of it, when all runs are over.</summary>
    public void Dispose()
    {
        _budget.Dispose();
        if (_canceller is null)
        {
            return;
        }

        Say(SR.WarningJobsCancelled, _canceller.Cancelled, _canceller.GoingOn);
        if (_canceller.Unknown > 0)
        {
            Say(SR.WarningUnobservedJobs, _canceller.Unknown);
        }
    }

    private void Say(string format, params object[] arguments) =>
        _screen?.WriteWarningLine(string.Format(CultureInfo.InvariantCulture, format, arguments));
}

using System.Management.Automation;
using EpPromo.Jobs.Waiting;
using EpPromo.Text;

namespace EpPromo.PowerShell.Progress;

/// <summary>The progress bar for jobs that are waited for.</summary>
internal static class JobProgress
{
    private const int ActivityId = 1;

    /// <summary>A bar for <paramref name="waiting"/>, with the remaining time if past jobs allow an estimate.</summary>
    public static ProgressRecord Of(string activity, WaitProgress waiting)
    {
        string status = MessageText.Of(SR.ProgressJobs, waiting.Finished, waiting.Total);
        return new ProgressRecord(ActivityId, activity, waiting.Statuses.Length == 0 ? status : $"{status}, {waiting.Statuses}")
        {
            PercentComplete = (int)(100 * waiting.Fraction),
            SecondsRemaining = waiting.Remaining is { } left ? (int)Math.Ceiling(left.TotalSeconds) : -1,
        };
    }
}

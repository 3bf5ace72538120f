using System.Management.Automation;
using EpPromo.Jobs.Waiting;
using EpPromo.Text;

namespace EpPromo.PowerShell.Progress;

/// <summary>The progress bar for jobs that are waited for.</summary>
internal static class JobProgress
{
    private const int FirstId = 1;

    /// <summary>A bar with the remaining time, if past jobs allow an estimate.</summary>
    /// <param name="index">Which of the command's stores it is for, from 0.</param>
    /// <param name="activity">What the command does.</param>
    /// <param name="waiting">How far the jobs are.</param>
    public static ProgressRecord Of(int index, string activity, WaitProgress waiting)
    {
        string status = MessageText.Of(SR.ProgressJobs, waiting.Finished, waiting.Total);
        status = waiting.Statuses.Length == 0 ? status : $"{status}, {waiting.Statuses}";
        return new ProgressRecord(FirstId + index, activity, waiting.Promotions.Length == 0 ? status : $"{status}: {waiting.Promotions}")
        {
            PercentComplete = (int)(100 * waiting.Fraction),
            SecondsRemaining = waiting.Remaining is { } left ? (int)Math.Ceiling(left.TotalSeconds) : -1,
        };
    }
}

using System.Globalization;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>Jobs in tooltips.</summary>
internal static class JobText
{
    /// <summary>The name, the status, the codes and the time of a job.</summary>
    public static string Describe(PromotionJob job) => MessageText.Of(
        SR.DetailJobTooltip, job.Name.Length == 0 ? job.JobId : job.Name, job.Status, CodesOf(job), TimeOf(job.CreatedAt));

    /// <summary>A time in the form of the culture.</summary>
    public static string TimeOf(DateTimeOffset? time) =>
        time?.LocalDateTime.ToString("g", CultureInfo.CurrentCulture) ?? SR.DetailUnknownTime;

    private static string CodesOf(PromotionJob job) => job.NumberOfCodes is { } requested
        ? MessageText.Of(SR.DetailCodesOf, job.Generated ?? 0, requested)
        : job.JobType;
}

using System.Globalization;
using EpPromo.Codes;
using EpPromo.Text;

namespace EpPromo.Runs.Planning;

/// <summary>What a run takes if nothing fails, as -WhatIf and -Confirm show it. <see cref="RunPlanBuilder"/> makes it.</summary>
internal sealed record RunPlan
{
    /// <summary>How many jobs are to be created.</summary>
    public long Jobs { get; init; }

    /// <summary>How many codes are to be generated.</summary>
    public long Codes { get; init; }

    /// <summary>How many codes of the run exist already, or are in progress.</summary>
    public long ExistingCodes { get; init; }

    /// <summary>How many codes the promotion has, whoever generated them; null if they have not been counted.</summary>
    public long? CodesOnPromotion { get; init; }

    /// <summary>Whether the promotion may have more codes than <see cref="CodesOnPromotion"/>.</summary>
    public bool MayHaveMoreCodes { get; init; }

    /// <summary>How many more codes the promotion has room for, as far as that is known; null if it has not been read.</summary>
    public CodeRoom? Room { get; init; }

    /// <summary>The approximate number of requests.</summary>
    public long Requests { get; init; }

    /// <summary>How long the requests take at the store's rate.</summary>
    public TimeSpan RequestTime { get; init; }

    /// <summary>How many codes the largest job generates.</summary>
    public int JobSize { get; init; }

    /// <summary>How long one job takes; null if the promotion has no similar jobs to estimate it from.</summary>
    public TimeSpan? TimePerJob { get; init; }

    /// <summary>
    /// How long a run whose name the user chose waits at its end, to be sure that no other runner has generated codes (docs/guarantees.md).
    /// </summary>
    public TimeSpan FinalCheckTime { get; init; }

    /// <summary>Whether it is unknown how long the jobs take.</summary>
    public bool IsJobTimeUnknown => Jobs > 0 && TimePerJob is null;

    /// <summary>How long the jobs take: a promotion has one at a time.</summary>
    public TimeSpan JobTime => TimeSpan.FromTicks((TimePerJob ?? TimeSpan.Zero).Ticks * Jobs);

    /// <summary>How long the run takes; at least so long if <see cref="IsJobTimeUnknown"/>.</summary>
    public TimeSpan Time => (RequestTime > JobTime ? RequestTime : JobTime) + FinalCheckTime;

    /// <summary>
    /// A warning if the promotion may have no room for the codes, else null. It is not an error, because the limit may be higher than is
    /// known, and no request reveals it.
    /// </summary>
    public string? FindLimitWarning(string promotionId)
    {
        long total = Math.Max(CodesOnPromotion ?? 0, ExistingCodes) + Codes;
        string number = MessageText.Of(MayHaveMoreCodes ? SR.DetailAtLeastCodes : "{0:code}", total);
        return Codes == 0 ? null
            : Codes > Room?.Max ? MessageText.Of(SR.WarningNoRoom, promotionId, Room.Max, Codes, Room.JobId)
            : total > CodeRoom.DefaultLimit ? MessageText.Of(SR.WarningDefaultCodeLimit, promotionId, number, CodeRoom.DefaultLimit)
            : null;
    }

    /// <summary>For example "2500 codes in 3 jobs (about 14 requests, about 00:00:12)".</summary>
    public override string ToString() => Format(Codes, ExistingCodes, Jobs, Requests, FormatTime(Time, IsJobTimeUnknown));

    internal static string Format(long codes, long existing, long jobs, long requests, string time) => MessageText.Of(
        SR.PlanOfRun, codes, existing == 0 ? "" : MessageText.Of(SR.PlanExistingCodes, existing), jobs, requests, time);

    /// <summary>"about 00:00:12", or "at least 00:00:12".</summary>
    internal static string FormatTime(TimeSpan time, bool isAtLeast) =>
        MessageText.Of(isAtLeast ? SR.PlanTimeAtLeast : SR.PlanTime, FormatTime(time));

    internal static string FormatTime(TimeSpan time) =>
        TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);
}

using System.Globalization;
using EpPromo.Jobs.Waiting;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>What a run will take when nothing fails, for people to look at before they begin.</summary>
internal sealed record RunPlan
{
    /// <summary>Requests besides the jobs' own: reading the list at the start and at the end.</summary>
    private const int RequestsPerRun = 2;

    /// <summary>Requests a job: its creation and about three looks.</summary>
    private const int RequestsPerJob = 4;

    /// <summary>Requests an export: a job as above, and the link to its file.</summary>
    private const int RequestsPerExport = RequestsPerJob + 1;

    private const int CodesPerPage = 100;

    /// <summary>How many codes a promotion may have, unless Elastic Path has raised it (api-contract.md section 3).</summary>
    private const int UsualLimit = 1000;

    /// <summary>How many jobs.</summary>
    public long Jobs { get; init; }

    /// <summary>How many codes.</summary>
    public long Codes { get; init; }

    /// <summary>How many codes earlier sittings of the run have made, those of jobs at work included.</summary>
    public long CodesThere { get; init; }

    /// <summary>How many codes the promotion has, whoever made them; null when nobody has counted.</summary>
    public long? CodesOnPromotion { get; init; }

    /// <summary>Whether the promotion may have more codes than <see cref="CodesOnPromotion"/>.</summary>
    public bool MayHaveMoreCodes { get; init; }

    /// <summary>About how many requests.</summary>
    public long Requests { get; init; }

    /// <summary>How long the requests alone take at the store's rate.</summary>
    public TimeSpan RequestTime { get; init; }

    /// <summary>How many codes its largest job makes.</summary>
    public int JobSize { get; init; }

    /// <summary>How long a job takes, or null when the promotion's finished jobs do not tell.</summary>
    public TimeSpan? TimePerJob { get; init; }

    /// <summary>How long a run with a name waits at its end, to be sure that no other runner made codes unseen.</summary>
    public TimeSpan LastLook { get; init; }

    /// <summary>Whether it is not known how long its jobs take.</summary>
    public bool IsJobTimeUnknown => Jobs > 0 && TimePerJob is null;

    /// <summary>How long the jobs take: a promotion has one at a time.</summary>
    public TimeSpan JobTime => TimeSpan.FromTicks((TimePerJob ?? TimeSpan.Zero).Ticks * Jobs);

    /// <summary>How long it takes in all; at least so long when <see cref="IsJobTimeUnknown"/>.</summary>
    public TimeSpan Time => (RequestTime > JobTime ? RequestTime : JobTime) + LastLook;

    /// <summary>The plan of one run.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="requestsPerSecond">The store's rate.</param>
    /// <param name="consistencyWindow">How long lists may lag behind.</param>
    /// <param name="known">
    /// The promotion's jobs, as far as they are known: codes of the run that are there need not be made, and how long jobs took tells
    /// how long others will take.
    /// </param>
    /// <param name="exports">Whether the codes are exported too.</param>
    /// <exception cref="EpPromoException">The run was begun with other parameters.</exception>
    public static RunPlan For(
        CodeRunRequest request,
        double requestsPerSecond,
        TimeSpan consistencyWindow,
        IReadOnlyList<PromotionJob> known,
        bool exports = false)
    {
        RunJournal journal = new(request);
        journal.Observe(known);
        RunDifferences.ThrowIfAny(request, journal.FindParameterDifferences());
        RunDifferences.ThrowIfAny(request, journal.FindCountDifference());
        int codes = Math.Max(0, journal.Missing - journal.CodesInProgress);
        int jobs = (codes + request.BatchSize - 1) / request.BatchSize;
        long requests = RequestsPerRun + ((long)RequestsPerJob * jobs) + (exports ? RequestsForFile(request, codes, known) : 0);
        int jobSize = Math.Min(codes, request.BatchSize);
        return new RunPlan
        {
            Jobs = jobs,
            Codes = codes,
            CodesThere = request.Count - codes,
            Requests = requests,
            RequestTime = TimeSpan.FromSeconds(requests / requestsPerSecond),
            JobSize = jobSize,
            TimePerJob = JobHistory.EstimateDuration(JobTypes.Generate, jobSize, known),
            LastLook = request.IsNameGenerated ? TimeSpan.Zero : consistencyWindow,
        };
    }

    /// <summary>
    /// To tell the run's codes from others, those of its prefix are read; without one, all that the promotion has, as far as its jobs
    /// tell.
    /// </summary>
    private static long RequestsForFile(CodeRunRequest request, int codes, IReadOnlyList<PromotionJob> known)
    {
        long read = request.CodePrefix is null ? codes + known.Sum(job => (long)RunBatch.MaxRemaining(job)) : request.Count;
        return RequestsPerExport + (read / CodesPerPage) + 1;
    }

    /// <summary>
    /// What to say when the promotion would have more codes than promotions usually may, else null. No error: its limit may be higher,
    /// and no call tells it.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    public string? LimitNote(string promotionId)
    {
        long inAll = Math.Max(CodesOnPromotion ?? 0, CodesThere) + Codes;
        string number = MessageText.Of(MayHaveMoreCodes ? SR.DetailAtLeastCodes : "{0:code}", inAll);
        return Codes > 0 && inAll > UsualLimit
            ? MessageText.Of(SR.WarningDefaultCodeLimit, promotionId, number, UsualLimit)
            : null;
    }

    /// <summary>"2500 codes in 3 jobs (about 14 requests, about 00:00:12)".</summary>
    public override string ToString() => Text(Codes, CodesThere, Jobs, Requests, Text(Time, IsJobTimeUnknown));

    internal static string Text(long codes, long existing, long jobs, long requests, string time) => MessageText.Of(
        SR.PlanOfRun, codes, existing == 0 ? "" : MessageText.Of(SR.PlanExistingCodes, existing), jobs, requests, time);

    /// <summary>"about 00:00:12", or "at least 00:00:12".</summary>
    internal static string Text(TimeSpan time, bool isAtLeast) => MessageText.Of(isAtLeast ? SR.PlanTimeAtLeast : SR.PlanTime, Text(time));

    internal static string Text(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);
}

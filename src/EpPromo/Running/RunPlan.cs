using System.Globalization;

namespace EpPromo;

/// <summary>What a run will take when nothing fails, for people to look at before they begin.</summary>
public sealed record RunPlan
{
    /// <summary>Requests besides the jobs' own: reading the list at the start and at the end.</summary>
    private const int RequestsPerRun = 2;

    /// <summary>Requests a job: its creation and about three looks.</summary>
    private const int RequestsPerJob = 4;

    /// <summary>Nothing to do.</summary>
    public static readonly RunPlan Empty = new();

    /// <summary>How many jobs.</summary>
    public long Jobs { get; init; }

    /// <summary>How many codes.</summary>
    public long Codes { get; init; }

    /// <summary>How many codes earlier sittings of the run have made, those of jobs at work included.</summary>
    public long CodesThere { get; init; }

    /// <summary>About how many requests.</summary>
    public long Requests { get; init; }

    /// <summary>How long the requests alone take at the store's rate.</summary>
    public TimeSpan RequestTime { get; init; }

    /// <summary>How long the jobs take, one after another.</summary>
    public TimeSpan JobTime { get; init; }

    /// <summary>How long the jobs of the promotion that takes longest take: it has one at a time.</summary>
    public TimeSpan LongestRun { get; init; }

    /// <summary>Whether the store has not shown of all jobs how long such take.</summary>
    public bool IsJobTimeUnknown { get; init; }

    /// <summary>How long runs with a name wait at their end, to be sure that no other runner made codes unseen.</summary>
    public TimeSpan LastLook { get; init; }

    /// <summary>How many promotions are worked on at once.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>How long it takes in all; at least so long when <see cref="IsJobTimeUnknown"/>.</summary>
    public TimeSpan Time =>
        new[] { RequestTime, LongestRun, TimeSpan.FromTicks(JobTime.Ticks / ThrottleLimit) }.Max() + LastLook;

    /// <summary>The plan of one run.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="requestsPerSecond">The store's rate.</param>
    /// <param name="throttleLimit">How many promotions are worked on at once.</param>
    /// <param name="consistencyWindow">How long lists may lag behind.</param>
    /// <param name="known">
    /// The promotion's jobs, as far as they are known: codes of the run that are there need not be made, and how long jobs took tells
    /// how long others will take.
    /// </param>
    /// <exception cref="EpPromoException">The run was begun with other parameters.</exception>
    public static RunPlan For(
        CodeRunRequest request,
        double requestsPerSecond,
        int throttleLimit,
        TimeSpan consistencyWindow,
        IReadOnlyList<PromotionJob> known)
    {
        RunJournal journal = new(request);
        journal.Add(known);
        RunDifferences.ThrowIfAny(request, journal.Differences());
        RunDifferences.ThrowIfAny(request, journal.CountDifference());
        int codes = Math.Max(0, journal.Missing - journal.Coming);
        int jobs = (codes + request.BatchSize - 1) / request.BatchSize;
        long requests = RequestsPerRun + ((long)RequestsPerJob * jobs);
        TimeSpan? jobTime = DurationEstimate.For(JobTypes.Generate, Math.Min(codes, request.BatchSize), known);
        TimeSpan jobsTime = TimeSpan.FromTicks((jobTime ?? TimeSpan.Zero).Ticks * jobs);
        return new RunPlan
        {
            Jobs = jobs,
            Codes = codes,
            CodesThere = request.Count - codes,
            Requests = requests,
            RequestTime = TimeSpan.FromSeconds(requests / requestsPerSecond),
            JobTime = jobsTime,
            LongestRun = jobsTime,
            LastLook = request.NameIsNew ? TimeSpan.Zero : consistencyWindow,
            IsJobTimeUnknown = jobs > 0 && jobTime is null,
            ThrottleLimit = throttleLimit,
        };
    }

    /// <summary>Both plans together.</summary>
    public RunPlan And(RunPlan other) => new()
    {
        Jobs = Jobs + other.Jobs,
        Codes = Codes + other.Codes,
        CodesThere = CodesThere + other.CodesThere,
        Requests = Requests + other.Requests,
        RequestTime = RequestTime + other.RequestTime,
        JobTime = JobTime + other.JobTime,
        LongestRun = LongestRun > other.LongestRun ? LongestRun : other.LongestRun,
        LastLook = LastLook > other.LastLook ? LastLook : other.LastLook,
        IsJobTimeUnknown = IsJobTimeUnknown || other.IsJobTimeUnknown,
        ThrottleLimit = Math.Max(ThrottleLimit, other.ThrottleLimit),
    };

    /// <summary>"2500 codes in 3 jobs, about 14 requests, about 00:00:12".</summary>
    public override string ToString()
    {
        TimeSpan whole = TimeSpan.FromSeconds(Math.Ceiling(Time.TotalSeconds));
        return string.Format(
            CultureInfo.InvariantCulture, "{0} codes{1} in {2} {3}, about {4} requests, {5} {6}",
            Codes, CodesThere == 0 ? "" : $" ({CodesThere} are there or being made)", Jobs, Jobs == 1 ? "job" : "jobs", Requests,
            IsJobTimeUnknown ? "at least" : "about", whole);
    }
}

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

    /// <summary>About how many requests.</summary>
    public long Requests { get; init; }

    /// <summary>How long the requests alone take at the store's rate; how long its jobs take, only the store knows.</summary>
    public TimeSpan LeastTime { get; init; }

    /// <summary>The plan of one run.</summary>
    public static RunPlan For(CodeRunRequest request, double requestsPerSecond)
    {
        long requests = RequestsPerRun + ((long)RequestsPerJob * request.Batches);
        return new RunPlan
        {
            Jobs = request.Batches,
            Codes = request.Count,
            Requests = requests,
            LeastTime = TimeSpan.FromSeconds(requests / requestsPerSecond),
        };
    }

    /// <summary>Both plans together.</summary>
    public RunPlan And(RunPlan other) => new()
    {
        Jobs = Jobs + other.Jobs,
        Codes = Codes + other.Codes,
        Requests = Requests + other.Requests,
        LeastTime = LeastTime + other.LeastTime,
    };

    /// <summary>"2500 codes in 3 jobs, about 14 requests, at least 00:00:01".</summary>
    public override string ToString()
    {
        TimeSpan whole = TimeSpan.FromSeconds(Math.Ceiling(LeastTime.TotalSeconds));
        return string.Format(
            CultureInfo.InvariantCulture, "{0} codes in {1} {2}, about {3} requests, at least {4}",
            Codes, Jobs, Jobs == 1 ? "job" : "jobs", Requests, whole);
    }
}

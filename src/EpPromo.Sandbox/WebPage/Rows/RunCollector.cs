using EpPromo.Sandbox.Jobs;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>Finds the runs in the names of the jobs, as the module does.</summary>
internal sealed class RunCollector
{
    /// <summary>How many runs are shown.</summary>
    private const int MaxRuns = 25;

    private readonly Dictionary<string, RunCounts> _runs = new(StringComparer.OrdinalIgnoreCase);

    public void Add(JobState job, string status)
    {
        if (!BatchName.TryParse(job.Spec.Name, out ReadOnlySpan<char> name, out int planned))
        {
            return;
        }

        Dictionary<string, RunCounts>.AlternateLookup<ReadOnlySpan<char>> runs = _runs.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!runs.TryGetValue(name, out RunCounts? run))
        {
            runs[name] = run = new RunCounts(name.ToString());
        }

        run.Add(job, status, planned);
    }

    public RunRows ToRows()
    {
        var latest = new Latest<RunCounts>(MaxRuns);
        foreach (RunCounts run in _runs.Values)
        {
            latest.Add(run, run.LastAt);
        }

        return new RunRows(latest.Added, [.. latest.NewestFirst().Select(run => run.ToRow())]);
    }
}

/// <summary>The runs that the page shows.</summary>
/// <param name="Found">How many runs there are.</param>
/// <param name="Rows">Those with the latest jobs, latest first.</param>
internal sealed record RunRows(int Found, IReadOnlyList<RunRow> Rows);

/// <summary>A run as the page shows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Promotions">How many promotions it is for.</param>
/// <param name="Planned">How many batches it takes, over all promotions, if none fails.</param>
/// <param name="Completed">How many batches are completed.</param>
/// <param name="Failed">How many batches failed or were cancelled.</param>
/// <param name="Unfinished">How many batches are pending, processing or cancelling.</param>
/// <param name="Codes">How many codes its batches have made.</param>
/// <param name="FirstAt">When its first batch was created.</param>
/// <param name="LastAt">When its latest batch was created.</param>
internal sealed record RunRow(
    string Name, int Promotions, int Planned, int Completed, int Failed, int Unfinished, long Codes, DateTimeOffset FirstAt, DateTimeOffset LastAt);

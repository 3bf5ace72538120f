using EpPromo.Jobs;

namespace EpPromo.Runs;

/// <summary>
/// What is known of a run on one promotion, from the store's job list alone. There is no local state, so any machine can resume a run
/// at any time. The run is its only writer.
/// </summary>
internal sealed class RunJournal
{
    private readonly CodeRunRequest _request;
    private readonly Dictionary<string, RunBatch> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunBatch> _active = new(StringComparer.Ordinal);
    private readonly HashSet<int> _numbers = [];
    private int _highestNumber;
    private int _highestConfirmed;

    /// <summary>A journal that knows of no jobs.</summary>
    public RunJournal(CodeRunRequest request) => _request = request;

    /// <summary>The batches that are known, the oldest first.</summary>
    public IReadOnlyList<RunBatch> Batches => [.. OldestFirst(_batches.Values)];

    /// <summary>How many jobs the run has had, including failed, cancelled and superfluous ones.</summary>
    public int JobCount => _batches.Count;

    /// <summary>
    /// How many jobs generated less than requested, or nothing, and were followed by another job. Can be read from any thread.
    /// </summary>
    public int Retried
    {
        get
        {
            // When a run is interrupted, a last list may arrive while its output object is made.
            lock (_batches)
            {
                return OldestFirst(_batches.Values).Take(JobCount - 1).Count(batch => batch.FellShort);
            }
        }
    }

    /// <summary>How many codes the run has: those of completed jobs. Failed and cancelled jobs count for nothing.</summary>
    public int Generated { get; private set; }

    /// <summary>How many codes are missing; negative if there is a surplus.</summary>
    public int Missing => _request.Count - Generated;

    /// <summary>How many codes the active jobs are to generate, as far as the store shows it.</summary>
    public int CodesInProgress => _active.Values.Sum(batch => batch.Job.NumberOfCodes ?? 0);

    /// <summary>The oldest job of the run that has not ended, or null.</summary>
    public PromotionJob? ActiveJob => OldestFirst(_active.Values).FirstOrDefault()?.Job;

    /// <summary>The number of the next batch: after all numbers that were ever used.</summary>
    public int NextNumber => _highestNumber + 1;

    /// <summary>
    /// What counts as a use of the next batch's codes, or null for the store's default. If a run on a promotion of Promotions Standard is
    /// resumed without -ConsumeUnit, it is that of its jobs: the default is not documented (api-contract.md section 7).
    /// </summary>
    public string? ConsumeUnit => _request.ConsumeUnit
        ?? (_request.Origin?.Kind == PromotionKind.Standard
            ? OldestFirst(_batches.Values).FirstOrDefault(batch => batch.IsEvidence && batch.Job.ConsumeUnit is not null)?.Job.ConsumeUnit
            : null);

    /// <summary>
    /// Whether a number below the highest is missing. The creator of the highest knew a job of each number below it, so the list is
    /// lagging.
    /// </summary>
    public bool HasGaps => _numbers.Count(number => number > _highestConfirmed) < _highestNumber - _highestConfirmed;

    /// <summary>The jobs whose codes count, the oldest first.</summary>
    public IReadOnlyList<PromotionJob> CountedJobs =>
        [.. OldestFirst(_batches.Values).Where(batch => batch.CountedCodes > 0).Select(batch => batch.Job)];

    /// <summary>Whether, as far as the list shows, all codes are generated and nothing is in progress or unclear.</summary>
    public bool IsComplete => Missing <= 0 && _active.Count == 0 && !HasGaps && !IsCountAssumed && UncountedJob is null;

    /// <summary>When a job of the run last changed, by the server's clock; null if a job does not report it.</summary>
    public DateTimeOffset? LastChange =>
        _batches.Values.Any(batch => batch.Job.UpdatedAt is null) ? null : _batches.Values.Max(batch => batch.Job.UpdatedAt);

    /// <summary>
    /// The oldest completed job that reports neither how many codes it generated nor how many it was to generate; null if there is none.
    /// </summary>
    public PromotionJob? UncountedJob => OldestFirst(_batches.Values)
        .Select(batch => batch.Job)
        .FirstOrDefault(job => JobStatuses.IsCompleted(job.Status) && job is { Generated: null, NumberOfCodes: null });

    /// <summary>Whether a job counts with the number that was requested, because it does not report how many codes it generated.</summary>
    public bool IsCountAssumed => _batches.Values.Any(batch => batch.CountedCodes > 0 && batch.Job.Generated is null);

    /// <summary>
    /// Takes in the jobs of a list. A lagging list can show a job that has ended as it was before; only its counts may still change.
    /// </summary>
    /// <returns>Whether anything was new.</returns>
    public bool Observe(IEnumerable<PromotionJob> jobs)
    {
        bool isNew = false;
        foreach (PromotionJob job in jobs)
        {
            if (_batches.TryGetValue(job.JobId, out RunBatch? known))
            {
                if (!known.Job.IsFinished)
                {
                    Apply(known.WithUpdate(job));
                    isNew |= job.IsFinished;
                }
                else if (known.WithCounts(job) is { } counted)
                {
                    Generated += counted.CountedCodes - known.CountedCodes;
                    Store(counted);
                    isNew = true;
                }
            }
            else if (BatchName.Parse(_request.Name, job.Name) is { } name && JobStatuses.Is(job.JobType, JobTypes.Generate))
            {
                Apply(new RunBatch(job, name));
                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>Takes in a job that was just created.</summary>
    /// <param name="created">The job as the store shows it.</param>
    /// <param name="requested">What was sent.</param>
    public void AddCreated(PromotionJob created, NewJob requested) =>
        Apply(RunBatch.Created(created, requested, BatchName.Parse(_request.Name, requested.Name!)!.Value));

    /// <summary>
    /// Whether an active job would generate more codes than are missing: then its creator did not know of all jobs. If two jobs generate
    /// the same batch, this holds for the second one as soon as later batches do not need its codes.
    /// </summary>
    public bool ExceedsMissing(PromotionJob job) => Missing <= 0 || job.NumberOfCodes > Missing;

    /// <summary>The list has had the time to show everything, so the numbers that are missing now were never used.</summary>
    public void ConfirmGaps() => _highestConfirmed = _highestNumber;

    /// <summary>Describes how the request's parameters differ from those of the jobs; empty if they do not.</summary>
    public string FindParameterDifferences() => RunDifferences.InParameters(_request, [.. OldestFirst(_batches.Values)]);

    /// <summary>
    /// Describes how the request's count differs from that of the jobs, provided that all jobs are known; empty if it does not.
    /// </summary>
    public string FindCountDifference() => RunDifferences.InCount(_request, [.. _batches.Values], DateTimeOffset.MaxValue);

    /// <summary>Describes a difference in the count that is certain, whatever the list does not show yet; empty if there is none.</summary>
    /// <param name="complete">The instant, by the server's clock, up to which the list must show everything.</param>
    public string FindCertainCountDifference(DateTimeOffset complete) => RunDifferences.InCount(_request, [.. _batches.Values], complete);

    /// <summary>The jobs that left, or may have left, more codes than are to stay, the oldest first.</summary>
    public IReadOnlyList<SurplusGroup> FindSurplus() => SurplusGroup.Find(OldestFirst(_batches.Values), _request.Count);

    private static IEnumerable<RunBatch> OldestFirst(IEnumerable<RunBatch> batches) =>
        batches.OrderBy(batch => batch.Job.CreatedAt).ThenBy(batch => batch.Job.JobId, StringComparer.Ordinal);

    private void Apply(RunBatch batch)
    {
        string id = batch.Job.JobId;
        if (_batches.TryGetValue(id, out RunBatch? before) && before.Job.IsFinished)
        {
            return;
        }

        Store(batch);
        _numbers.Add(batch.Name.Number);
        _highestNumber = Math.Max(_highestNumber, batch.Name.Number);
        if (batch.Job.IsFinished)
        {
            _active.Remove(id);
            Generated += batch.CountedCodes;
        }
        else
        {
            _active[id] = batch;
        }
    }

    private void Store(RunBatch batch)
    {
        lock (_batches)
        {
            _batches[batch.Job.JobId] = batch;
        }
    }
}

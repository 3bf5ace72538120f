using EpPromo.Jobs;

namespace EpPromo.Runs;

/// <summary>
/// What is known of a run on one promotion, read from the store's own job list: there is no local state, so any machine can go on
/// with a run at any time.
/// </summary>
internal sealed class RunJournal
{
    private readonly CodeRunRequest _request;
    private readonly Dictionary<string, RunBatch> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunBatch> _atWork = new(StringComparer.Ordinal);
    private readonly HashSet<int> _numbers = [];
    private int _highestNumber;
    private int _gapsAcceptedTo;

    public RunJournal(CodeRunRequest request) => _request = request;

    /// <summary>How many jobs the run has had, failed, cancelled and needless ones included.</summary>
    public int Jobs => _batches.Count;

    /// <summary>How many of them made nothing or less than they were asked for, and were followed by another one to make that good.</summary>
    public int Retried
    {
        get
        {
            // Who breaks a run off looks at it while a last list may still be coming in.
            lock (_batches)
            {
                return InOrder(_batches.Values).Take(Jobs - 1).Count(batch => batch.FellShort);
            }
        }
    }

    /// <summary>How many codes the run has made: what completed jobs say they made. Failed and cancelled ones count for nothing.</summary>
    public int Generated { get; private set; }

    /// <summary>How many codes are still to be made; negative when there are too many.</summary>
    public int Missing => _request.Count - Generated;

    /// <summary>How many codes the jobs at work were asked for, as far as the store shows it.</summary>
    public int Coming => _atWork.Values.Sum(batch => batch.Job.NumberOfCodes ?? 0);

    /// <summary>The oldest job of the run that has not ended, or null.</summary>
    public PromotionJob? Active => InOrder(_atWork.Values).FirstOrDefault()?.Job;

    /// <summary>The number for the next batch: after all that were ever used.</summary>
    public int NextNumber => _highestNumber + 1;

    /// <summary>
    /// Whether a number below the highest is missing: whoever used the highest knew a job of each number below, so the list is lagging.
    /// </summary>
    public bool HasGaps => _numbers.Count(number => number > _gapsAcceptedTo) < _highestNumber - _gapsAcceptedTo;

    /// <summary>The jobs whose codes count, the oldest first.</summary>
    public IReadOnlyList<PromotionJob> Productive =>
        [.. InOrder(_batches.Values).Where(batch => batch.Counts > 0).Select(batch => batch.Job)];

    /// <summary>Whether, as far as the list shows, all codes are made and nothing is open.</summary>
    public bool IsDone => Missing <= 0 && _atWork.Count == 0 && !HasGaps && !IsCountAssumed && Uncounted is null;

    /// <summary>When the last of the jobs changed, by the server's clock; null when one does not say.</summary>
    public DateTimeOffset? LastNews =>
        _batches.Values.Any(batch => batch.Job.UpdatedAt is null) ? null : _batches.Values.Max(batch => batch.Job.UpdatedAt);

    /// <summary>A completed job of which nobody can tell how many codes it made, not even how many it was asked for; null when there is none.</summary>
    public PromotionJob? Uncounted => InOrder(_batches.Values)
        .Select(batch => batch.Job)
        .FirstOrDefault(job => JobStatuses.IsCompleted(job.Status) && job is { Generated: null, NumberOfCodes: null });

    /// <summary>Whether a job counts for what it was asked for, because it does not say how many codes it made.</summary>
    public bool IsCountAssumed => _batches.Values.Any(batch => batch.Counts > 0 && batch.Job.Generated is null);

    /// <summary>
    /// Takes in what a list has shown. A lagging one can show an ended job as it was before: what has ended stays ended. Only its
    /// counts may come later than its end.
    /// </summary>
    /// <returns>Whether anything was new.</returns>
    public bool Add(IEnumerable<PromotionJob> seen)
    {
        bool isNew = false;
        foreach (PromotionJob job in seen)
        {
            if (_batches.TryGetValue(job.JobId, out RunBatch? known))
            {
                if (!known.Job.IsFinished)
                {
                    Put(known.Become(job));
                    isNew |= job.IsFinished;
                }
                else if (known.LearnCounts(job) is { } told)
                {
                    Generated += told.Counts - known.Counts;
                    Keep(told);
                    isNew = true;
                }
            }
            else if (BatchName.Parse(_request.Name, job.Name) is { } name && JobStatuses.Is(job.JobType, JobTypes.Generate))
            {
                Put(new RunBatch(job, name));
                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>Takes in a job that was just created.</summary>
    public void AddCreated(PromotionJob made, NewJob asked) =>
        Put(RunBatch.Created(made, asked, BatchName.Parse(_request.Name, asked.Name!)!.Value));

    /// <summary>
    /// Whether a job at work would make more codes than are missing: whoever created it did not know of all the others. Of two jobs
    /// that make the same batch, the second is such a one as soon as its codes are not needed for the batches after it.
    /// </summary>
    public bool IsTooMuch(PromotionJob job) => Missing <= 0 || job.NumberOfCodes > Missing;

    /// <summary>The gaps that are there now are not the list's lagging: it has been given the time to show everything.</summary>
    public void AcceptGaps() => _gapsAcceptedTo = _highestNumber;

    /// <summary>In what the request's parameters differ from those of the jobs: empty when the run can go on.</summary>
    public string Differences() => RunDifferences.OfParameters(_request, [.. InOrder(_batches.Values)]);

    /// <summary>In what the request's count differs from that of the jobs, if all are known: empty when the run can go on.</summary>
    public string CountDifference() => RunDifferences.OfCount(_request, [.. _batches.Values], DateTimeOffset.MaxValue);

    /// <summary>The same, whatever the list does not show yet.</summary>
    /// <param name="settled">By the server's clock, the time up to which the list must show everything.</param>
    public string CertainCountDifference(DateTimeOffset settled) => RunDifferences.OfCount(_request, [.. _batches.Values], settled);

    /// <summary>
    /// How many codes of which jobs are to stay, for the jobs that left too many, or do not say how many they left: the oldest jobs come first, and those that count for
    /// nothing keep nothing. The more of the list is known, the fewer codes of a job stay, so a runner that knows less never deletes
    /// what one that knows more would keep.
    /// </summary>
    public IReadOnlyList<Surplus> Surplus()
    {
        List<Surplus> surplus = [];
        int room = _request.Count;
        foreach (List<RunBatch> batches in AtTheSameTime(InOrder(_batches.Values).Where(batch => batch.MostLeft > 0)))
        {
            int left = batches.Sum(batch => batch.MostLeft);
            int keep = Math.Min(room, batches.Sum(batch => batch.Counts));
            if (left > keep)
            {
                surplus.Add(new Surplus([.. batches.Select(batch => batch.Job)], left, batches.TrueForAll(batch => batch.SaysLeft), keep));
            }

            room -= keep;
        }

        return surplus;
    }

    /// <summary>
    /// A job that is being cancelled may let another one begin and complete all the same (api-contract.md section 8): of such two
    /// nobody can tell which one a code is of.
    /// </summary>
    private static List<List<RunBatch>> AtTheSameTime(IEnumerable<RunBatch> inOrder)
    {
        List<List<RunBatch>> groups = [];
        foreach (RunBatch batch in inOrder)
        {
            if (groups.Count > 0 && groups[groups.Count - 1].Exists(older => batch.Job.CreatedAt <= older.Job.UpdatedAt))
            {
                groups[groups.Count - 1].Add(batch);
            }
            else
            {
                groups.Add([batch]);
            }
        }

        return groups;
    }

    private static IEnumerable<RunBatch> InOrder(IEnumerable<RunBatch> batches) =>
        batches.OrderBy(batch => batch.Job.CreatedAt).ThenBy(batch => batch.Job.JobId, StringComparer.Ordinal);

    private void Put(RunBatch batch)
    {
        string id = batch.Job.JobId;
        if (_batches.TryGetValue(id, out RunBatch? before) && before.Job.IsFinished)
        {
            return;
        }

        Keep(batch);
        _numbers.Add(batch.Name.Number);
        _highestNumber = Math.Max(_highestNumber, batch.Name.Number);
        if (batch.Job.IsFinished)
        {
            _atWork.Remove(id);
            Generated += batch.Counts;
        }
        else
        {
            _atWork[id] = batch;
        }
    }

    private void Keep(RunBatch batch)
    {
        lock (_batches)
        {
            _batches[batch.Job.JobId] = batch;
        }
    }
}

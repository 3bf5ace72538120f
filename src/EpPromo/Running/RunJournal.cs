namespace EpPromo;

/// <summary>
/// What is known of a run on one promotion, read from the store's own job list: there is no local state, so any machine can go on
/// with a run at any time.
/// </summary>
internal sealed class RunJournal
{
    private readonly CodeRunRequest _request;
    private readonly Dictionary<string, PromotionJob> _jobs = new(StringComparer.Ordinal);

    public RunJournal(CodeRunRequest request) => _request = request;

    /// <summary>How many jobs the run has had, twins and failed ones included.</summary>
    public int Jobs => _jobs.Count;

    /// <summary>How many of them counted for nothing or for less than they were asked for, and were or will be made good.</summary>
    public int Retried => _jobs.Values.Count(job => job.IsFinished && CountedCodes(job) < (job.NumberOfCodes ?? 0));

    /// <summary>How many codes the run has made: what completed jobs say they made. Failed and cancelled ones count for nothing.</summary>
    public int Generated => _jobs.Values.Sum(CountedCodes);

    /// <summary>How many codes are still to be made; negative when there are too many.</summary>
    public int Missing => _request.Count - Generated;

    /// <summary>The oldest job of the run that has not ended, or null.</summary>
    public PromotionJob? Active => InOrder.FirstOrDefault(job => !job.IsFinished);

    /// <summary>The number for the next batch: after all that were ever used, so equal numbers mean that somebody did not know of the other.</summary>
    public int NextNumber => _jobs.Count == 0 ? 1 : _jobs.Values.Max(NumberOf) + 1;

    /// <summary>The jobs whose codes count, the oldest first.</summary>
    public IReadOnlyList<PromotionJob> Productive => [.. InOrder.Where(job => CountedCodes(job) > 0)];

    private IEnumerable<PromotionJob> InOrder =>
        _jobs.Values.OrderBy(job => job.CreatedAt).ThenBy(job => job.JobId, StringComparer.Ordinal);

    /// <summary>Takes in what a list has shown. A lagging list can show an ended job as it was before: what has ended stays ended.</summary>
    /// <returns>Whether anything was new.</returns>
    public bool Add(IEnumerable<PromotionJob> seen)
    {
        bool isNew = false;
        foreach (PromotionJob job in seen)
        {
            if (BatchName.Parse(_request.Name, job.Name) is null || !JobStatuses.Is(job.JobType, JobTypes.Generate))
            {
                continue;
            }

            bool known = _jobs.TryGetValue(job.JobId, out PromotionJob? before);
            if (!known || !before!.IsFinished)
            {
                isNew |= !known || job.IsFinished;
                _jobs[job.JobId] = job;
            }
        }

        return isNew;
    }

    /// <summary>
    /// Whether <paramref name="job"/>, which is still at work, repeats a batch that was made, or is being made, by an older job: the
    /// runner that created it did not know of the other.
    /// </summary>
    public bool IsLaterTwin(PromotionJob job) =>
        InOrder.TakeWhile(older => older.JobId != job.JobId)
            .Any(older => NumberOf(older) == NumberOf(job) && (!older.IsFinished || CountedCodes(older) > 0));

    /// <summary>In what the request differs from the jobs that are there: empty when the run can go on.</summary>
    public string Differences()
    {
        PromotionJob? first = InOrder.FirstOrDefault();
        if (first is null)
        {
            return "";
        }

        List<string> differences = [];
        Compare("batches", BatchName.Parse(_request.Name, first.Name)!.Value.Planned, _request.Batches);
        Compare("-CodePrefix", first.CodePrefix?.TrimEnd('-') ?? "", _request.CodePrefix?.TrimEnd('-') ?? "");
        Compare("-CodeLength", first.CodeLength, _request.CodeLength ?? first.CodeLength);
        Compare("-MaxUsesPerCode", first.MaxUsesPerCode, _request.MaxUsesPerCode);
        Compare("-ConsumeUnit", first.ConsumeUnit, _request.ConsumeUnit ?? first.ConsumeUnit);
        if (InOrder.FirstOrDefault(job => NumberOf(job) == 1)?.NumberOfCodes is { } size)
        {
            Compare("size of the first batch", size, Math.Min(_request.Count, _request.BatchSize));
        }

        return string.Join(", ", differences);

        void Compare(string what, object? there, object? asked)
        {
            if (!Equals(there, asked))
            {
                differences.Add($"{what} was {there ?? "not given"} and is now {asked ?? "not given"}");
            }
        }
    }

    /// <summary>
    /// How many codes of which jobs are to stay, for the jobs that made too many: the oldest codes first. The more of the list is
    /// known, the fewer codes of a job stay, so a runner that knows less never deletes what one that knows more would keep.
    /// </summary>
    public IEnumerable<(PromotionJob Job, int Keep)> Surplus()
    {
        int room = _request.Count;
        foreach (PromotionJob job in Productive)
        {
            int made = CountedCodes(job);
            if (made > room)
            {
                yield return (job, room);
            }

            room = Math.Max(0, room - made);
        }
    }

    /// <summary>The codes of a job that count. A completed job that does not say how many it made has made what it was asked for.</summary>
    internal static int CountedCodes(PromotionJob job) =>
        JobStatuses.IsCompleted(job.Status) ? job.Generated ?? job.NumberOfCodes ?? 0 : 0;

    private int NumberOf(PromotionJob job) => BatchName.Parse(_request.Name, job.Name)!.Value.Number;
}

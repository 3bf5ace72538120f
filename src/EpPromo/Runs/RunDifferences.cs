using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>
/// Tells a run that is gone on with from one that was begun with other parameters. A job carries all of them but the run's count,
/// and of the count it carries the traces: going on with a smaller one would delete codes that somebody may have sent out already.
/// </summary>
internal static class RunDifferences
{
    /// <summary>Throws when there are <paramref name="differences"/>.</summary>
    /// <exception cref="EpPromoException">With them in its message.</exception>
    public static void ThrowIfAny(CodeRunRequest request, string differences)
    {
        if (differences.Length > 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RunDiffers), request.Name, request.PromotionId, differences);
        }
    }

    /// <summary>In what the request differs from the parameters of the jobs that are there: empty when the run can go on.</summary>
    public static string OfParameters(CodeRunRequest request, IReadOnlyList<RunBatch> batches)
    {
        List<RunBatch> standing = [.. batches.Where(Stands)];
        List<string> differences = [];
        if (standing.FirstOrDefault(batch => batch.Name.Planned != request.Batches) is { } otherPlan)
        {
            Differ(SR.DetailNumberOfBatches, otherPlan.Name.Planned, request.Batches);
        }

        // A store that does not show a job's size shows none of its parameters (api-contract.md section 5).
        foreach (PromotionJob job in standing.Select(batch => batch.Job).Where(job => job.NumberOfCodes is not null))
        {
            Compare("-CodePrefix", Prefix(job.CodePrefix), Prefix(request.CodePrefix));
            Compare("-CodeLength", job.CodeLength ?? NewJob.MinCodeLength, request.CodeLength ?? NewJob.MinCodeLength);
            Compare("-MaxUsesPerCode", job.MaxUsesPerCode, request.MaxUsesPerCode);
            Compare("-ConsumeUnit", job.ConsumeUnit ?? ConsumeUnits.PerCheckout, request.ConsumeUnit ?? ConsumeUnits.PerCheckout);
        }

        if (standing.FirstOrDefault(batch => batch.Name.Number == 1)?.Job.NumberOfCodes is { } first)
        {
            Compare(SR.DetailFirstBatchSize, first, Math.Min(request.Count, request.BatchSize));
        }

        return string.Join(", ", differences);

        void Compare(string what, object? there, object? asked)
        {
            if (!(there is string one && asked is string other ? JobStatuses.Is(one, other) : Equals(there, asked)))
            {
                Differ(what, there, asked);
            }
        }

        void Differ(string what, object? there, object? asked)
        {
            string difference = MessageText.Of(SR.DetailParameterDiffers, what, Shown(there), Shown(asked));
            if (!differences.Contains(difference))
            {
                differences.Add(difference);
            }
        }
    }

    /// <summary>
    /// In what the request's count differs from the one that the jobs were created for: empty when it does not. Whoever created a batch
    /// had waited for a job of each number before it, and asked for no more than was missing then: so the count is at least its size
    /// and the least that those jobs made. One smaller than a full batch was all that was missing: so the count is at most its size
    /// and all that jobs of the numbers before it made. A lagging list can mislead it either way, by hiding a job that made nothing or one
    /// that made some. But all that a batch's creator knew had ended before the batch was created: so a batch that was created when the
    /// list must show everything tells for certain, and of a later one its size alone does.
    /// </summary>
    /// <param name="request">The run as it is asked for.</param>
    /// <param name="batches">Its jobs.</param>
    /// <param name="settled">By the server's clock, the time up to which the list shows everything.</param>
    public static string OfCount(CodeRunRequest request, IReadOnlyList<RunBatch> batches, DateTimeOffset settled)
    {
        int least = 0;
        int most = int.MaxValue;
        int surelyBelow = 0;
        int perhapsBelow = 0;
        foreach (IGrouping<int, RunBatch> number in batches.GroupBy(batch => batch.Name.Number).OrderBy(group => group.Key))
        {
            foreach (PromotionJob job in number.Where(Stands).Select(batch => batch.Job))
            {
                if (job.NumberOfCodes is { } size)
                {
                    bool isSettled = settled == DateTimeOffset.MaxValue || job.CreatedAt <= settled;
                    least = Math.Max(least, size + (isSettled ? surelyBelow : 0));
                    most = isSettled && size < request.BatchSize ? Math.Min(most, perhapsBelow + size) : most;
                }
            }

            surelyBelow += number.Min(batch => batch.Counts);
            perhapsBelow += number.Sum(batch => batch.Counts);
        }

        return least > request.Count ? MessageText.Of(SR.DetailCountWasAtLeast, least, request.Count)
            : most < request.Count ? MessageText.Of(SR.DetailCountWasAtMost, most, request.Count)
            : "";
    }

    /// <summary>One that came to nothing may have been the try that showed that a parameter was wrong.</summary>
    private static bool Stands(RunBatch batch) => !batch.Job.IsFinished || batch.Counts > 0;

    /// <summary>A parameter's value; an empty prefix is one that was not specified.</summary>
    private static object Shown(object? value) => value is null or "" ? SR.DetailNotSpecified : value;

    /// <summary>Whether a dash at its end is kept is not known (api-contract.md section 5); codes have no case, and letters may come back in another form.</summary>
    private static string Prefix(string? prefix) => ComposedText.Of(prefix ?? "").TrimEnd('-');
}

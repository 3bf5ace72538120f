using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>
/// Distinguishes a run that is resumed from one that was started with other parameters. A job has all of the run's parameters but the
/// count, and its size reveals something about that. To resume a run with a smaller count would delete codes that may be in use.
/// docs/guarantees.md, "Same name, same parameters".
/// </summary>
internal static class RunDifferences
{
    /// <summary>Throws if there are <paramref name="differences"/>.</summary>
    /// <exception cref="EpPromoException"><see cref="SR.RunDiffers"/>, with them in its message.</exception>
    public static void ThrowIfAny(CodeRunRequest request, string differences)
    {
        if (differences.Length > 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RunDiffers), request.Name, request.PromotionId, differences);
        }
    }

    /// <summary>Describes how the request differs from the parameters of the run's jobs; empty if it does not.</summary>
    public static string InParameters(CodeRunRequest request, IReadOnlyList<RunBatch> batches)
    {
        List<RunBatch> evidence = [.. batches.Where(IsEvidence)];
        List<string> differences = [];
        if (evidence.FirstOrDefault(batch => batch.Name.Planned != request.Batches) is { } otherPlan)
        {
            Add(SR.DetailNumberOfBatches, otherPlan.Name.Planned, request.Batches);
        }

        // A store that does not show a job's size shows none of its parameters (api-contract.md section 5).
        foreach (PromotionJob job in evidence.Select(batch => batch.Job).Where(job => job.NumberOfCodes is not null))
        {
            Compare("-CodePrefix", ComparablePrefix(job.CodePrefix), ComparablePrefix(request.CodePrefix));
            Compare("-CodeLength", job.CodeLength ?? NewJob.MinCodeLength, request.CodeLength ?? NewJob.MinCodeLength);
            Compare("-MaxUsesPerCode", job.MaxUsesPerCode, request.MaxUsesPerCode);
            Compare("-ConsumeUnit", job.ConsumeUnit ?? ConsumeUnits.PerCheckout, request.ConsumeUnit ?? ConsumeUnits.PerCheckout);
        }

        if (evidence.FirstOrDefault(batch => batch.Name.Number == 1)?.Job.NumberOfCodes is { } first)
        {
            Compare(SR.DetailFirstBatchSize, first, Math.Min(request.Count, request.BatchSize));
        }

        return string.Join(", ", differences);

        void Compare(string parameter, object? existing, object? requested)
        {
            if (!(existing is string one && requested is string other ? JobStatuses.Is(one, other) : Equals(existing, requested)))
            {
                Add(parameter, existing, requested);
            }
        }

        void Add(string parameter, object? existing, object? requested)
        {
            string difference = MessageText.Of(SR.DetailParameterDiffers, parameter, Describe(existing), Describe(requested));
            if (!differences.Contains(difference))
            {
                differences.Add(difference);
            }
        }
    }

    /// <summary>
    /// Describes how the request's count differs from the count that the batches were created for; empty if it does not.
    /// <para>The creator of a batch had waited for a job of each number before it, and requested no more than was missing then. So the
    /// count is at least the batch's size plus the least that those jobs generated. If the batch is smaller than a full one, it was all
    /// that was missing; so the count is at most its size plus all that jobs of the numbers before it generated.</para>
    /// <para>A lagging list can mislead either way: it can hide a job that generated codes, or one that generated none. But all jobs that
    /// the creator knew had ended before the batch was created. So a batch that was created before <paramref name="complete"/> is certain
    /// evidence; of a later one, only the size is.</para>
    /// </summary>
    /// <param name="request">The run as it is requested now.</param>
    /// <param name="batches">Its batches.</param>
    /// <param name="complete">The instant, by the server's clock, up to which the list shows everything.</param>
    public static string InCount(CodeRunRequest request, IReadOnlyList<RunBatch> batches, DateTimeOffset complete)
    {
        int minCount = 0;
        int maxCount = int.MaxValue;
        int minBefore = 0;
        int maxBefore = 0;
        foreach (IGrouping<int, RunBatch> number in batches.GroupBy(batch => batch.Name.Number).OrderBy(group => group.Key))
        {
            foreach (PromotionJob job in number.Where(IsEvidence).Select(batch => batch.Job))
            {
                if (job.NumberOfCodes is { } size)
                {
                    bool isCertain = complete == DateTimeOffset.MaxValue || job.CreatedAt <= complete;
                    minCount = Math.Max(minCount, size + (isCertain ? minBefore : 0));
                    maxCount = isCertain && size < request.BatchSize ? Math.Min(maxCount, maxBefore + size) : maxCount;
                }
            }

            minBefore += number.Min(batch => batch.CountedCodes);
            maxBefore += number.Sum(batch => batch.CountedCodes);
        }

        return minCount > request.Count ? MessageText.Of(SR.DetailCountWasAtLeast, minCount, request.Count)
            : maxCount < request.Count ? MessageText.Of(SR.DetailCountWasAtMost, maxCount, request.Count)
            : "";
    }

    /// <summary>A job that generated nothing may have been the attempt that revealed a wrong parameter.</summary>
    private static bool IsEvidence(RunBatch batch) => !batch.Job.IsFinished || batch.CountedCodes > 0;

    /// <summary>The value of a parameter, as part of a message. An empty prefix was not specified.</summary>
    private static object Describe(object? value) => value is null or "" ? SR.DetailNotSpecified : value;

    /// <summary>
    /// A prefix as it is compared. The API does not say whether a dash at its end is kept (api-contract.md section 5), and letters may come
    /// back in another Unicode form.
    /// </summary>
    private static string ComparablePrefix(string? prefix) => NormalizedText.Of(prefix ?? "").TrimEnd('-');
}

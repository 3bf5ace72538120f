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
        List<RunBatch> evidence = [.. batches.Where(batch => batch.IsEvidence)];
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
            string? unit = DefaultUnit(request);
            if (unit is not null || (job.ConsumeUnit is not null && request.ConsumeUnit is not null))
            {
                Compare("-ConsumeUnit", job.ConsumeUnit ?? unit, request.ConsumeUnit ?? unit);
            }
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
    /// Describes how the request's count differs from the count that the batches were created for (<see cref="CountRange"/>); empty if it does
    /// not.
    /// </summary>
    /// <param name="request">The run as it is requested now.</param>
    /// <param name="batches">Its batches.</param>
    /// <param name="complete">The instant, by the server's clock, up to which the list shows everything.</param>
    public static string InCount(CodeRunRequest request, IReadOnlyList<RunBatch> batches, DateTimeOffset complete)
    {
        CountRange range = CountRange.Of(batches, request.BatchSize, complete, batch => batch.IsEvidence);
        return range.Min > request.Count ? MessageText.Of(SR.DetailCountWasAtLeast, range.Min, request.Count)
            : range.Max < request.Count ? MessageText.Of(SR.DetailCountWasAtMost, range.Max, request.Count)
            : "";
    }

    /// <summary>
    /// The store's default. That of Promotions Standard is not documented (api-contract.md section 7): a run that is resumed without
    /// -ConsumeUnit keeps the one that its jobs show (<see cref="RunJournal.ConsumeUnit"/>).
    /// </summary>
    private static string? DefaultUnit(CodeRunRequest request) =>
        request.Origin?.Kind == PromotionKind.Standard ? null : ConsumeUnits.PerCheckout;

    /// <summary>The value of a parameter, as part of a message. An empty prefix was not specified.</summary>
    private static object Describe(object? value) => value is null or "" ? SR.DetailNotSpecified : value;

    /// <summary>
    /// A prefix as it is compared. The API does not say whether a dash at its end is kept (api-contract.md section 5), and letters may come
    /// back in another Unicode form.
    /// </summary>
    private static string ComparablePrefix(string? prefix) => NormalizedText.Of(prefix ?? "").TrimEnd('-');
}

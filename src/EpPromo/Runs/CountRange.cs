namespace EpPromo.Runs;

/// <summary>How many codes a run was started for, as far as its batches reveal it.</summary>
/// <param name="Min">At least so many.</param>
/// <param name="Max">At most so many.</param>
internal readonly record struct CountRange(int Min, int Max)
{
    /// <summary>
    /// The count that the batches were created for.
    /// <para>The creator of a batch had waited for a job of each number before it, and requested no more than was missing then. So the
    /// count is at least the batch's size plus the least that those jobs generated. If the batch is smaller than a full one, it was all
    /// that was missing; so the count is at most its size plus all that jobs of the numbers before it generated.</para>
    /// <para>A lagging list can mislead either way: it can hide a job that generated codes, or one that generated none. But all jobs that
    /// the creator knew had ended before the batch was created. So a batch that was created before <paramref name="complete"/> is certain
    /// evidence; of a later one, only the size is.</para>
    /// </summary>
    /// <param name="batches">The batches of the run.</param>
    /// <param name="batchSize">The size of a full batch, or null if it is not known.</param>
    /// <param name="complete">The instant, by the server's clock, up to which the list shows everything.</param>
    /// <param name="isEvidence">Which batches were created for the count.</param>
    public static CountRange Of(
        IReadOnlyList<RunBatch> batches, int? batchSize, DateTimeOffset complete, Func<RunBatch, bool> isEvidence)
    {
        int minCount = 0;
        int maxCount = int.MaxValue;
        int minBefore = 0;
        int maxBefore = 0;
        foreach (IGrouping<int, RunBatch> number in batches.GroupBy(batch => batch.Name.Number).OrderBy(group => group.Key))
        {
            foreach (PromotionJob job in number.Where(isEvidence).Select(batch => batch.Job))
            {
                if (job.NumberOfCodes is { } size)
                {
                    bool isCertain = complete == DateTimeOffset.MaxValue || job.CreatedAt <= complete;
                    minCount = Math.Max(minCount, size + (isCertain ? minBefore : 0));
                    maxCount = isCertain && size < batchSize ? Math.Min(maxCount, maxBefore + size) : maxCount;
                }
            }

            minBefore += number.Min(batch => batch.CountedCodes);
            maxBefore += number.Sum(batch => batch.CountedCodes);
        }

        return new CountRange(minCount, maxCount);
    }

    /// <summary>What both ranges allow.</summary>
    public CountRange And(CountRange other) => new(Math.Max(Min, other.Min), Math.Min(Max, other.Max));
}

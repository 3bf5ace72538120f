using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>Jobs of a run that left, or may have left, more codes than are to stay: one job, or several whose times overlap.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="RemainingCodes">How many codes they left; at most so many unless <paramref name="IsExact"/>.</param>
/// <param name="IsExact">Whether all of the jobs report how many codes they left.</param>
/// <param name="KeptCodes">How many of the codes are to stay: the oldest.</param>
internal sealed record SurplusGroup(IReadOnlyList<PromotionJob> Jobs, int RemainingCodes, bool IsExact, int KeptCodes)
{
    /// <summary>How many of the codes are surplus; at most so many unless <see cref="IsExact"/>.</summary>
    public int SurplusCodes => RemainingCodes - KeptCodes;

    /// <summary>
    /// Finds the surplus of a run. The oldest jobs keep their codes first, and jobs whose codes do not count keep none. The more jobs are
    /// known, the fewer codes of each are kept; so a runner that knows less never deletes what one that knows more would keep.
    /// </summary>
    /// <param name="batches">The batches of the run, the oldest first.</param>
    /// <param name="count">How many codes the run is to have.</param>
    public static IReadOnlyList<SurplusGroup> Find(IEnumerable<RunBatch> batches, int count)
    {
        List<SurplusGroup> surplus = [];
        int room = count;
        foreach (List<RunBatch> group in GroupOverlapping(batches.Where(batch => batch.MaxRemainingCodes > 0)))
        {
            int remaining = group.Sum(batch => batch.MaxRemainingCodes);
            int kept = Math.Min(room, group.Sum(batch => batch.CountedCodes));
            if (remaining > kept)
            {
                bool isExact = group.TrueForAll(batch => batch.ReportsRemainingCodes);
                surplus.Add(new SurplusGroup([.. group.Select(batch => batch.Job)], remaining, isExact, kept));
            }

            room -= kept;
        }

        return surplus;
    }

    /// <summary>A number of these codes, as part of a message.</summary>
    public string Describe(int codes) => MessageText.Of(IsExact ? "{0:code}" : SR.DetailUpToCodes, codes);

    /// <summary>
    /// A job that is being cancelled may let the next one start, and complete all the same (api-contract.md section 8). Which of the two a
    /// code belongs to cannot be known.
    /// </summary>
    private static List<List<RunBatch>> GroupOverlapping(IEnumerable<RunBatch> oldestFirst)
    {
        List<List<RunBatch>> groups = [];
        foreach (RunBatch batch in oldestFirst)
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
}

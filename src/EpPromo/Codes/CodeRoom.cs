using EpPromo.Jobs;

namespace EpPromo.Codes;

/// <summary>
/// How many more codes a promotion has room for, as far as it can be known. No request tells a promotion's limit: it is 1000 unless Elastic
/// Path has raised it (api-contract.md section 3). A job that failed at the limit shows that it was below a certain number.
/// </summary>
/// <param name="Min">For how many codes there is room with certainty.</param>
/// <param name="Max">For how many codes there can be room at most; null if that is not known.</param>
internal sealed record CodeRoom(long Min, long? Max)
{
    /// <summary>How many codes a promotion may have, unless Elastic Path has raised its limit (api-contract.md section 3).</summary>
    public const int DefaultLimit = 1000;

    /// <summary>The id of the job that shows <see cref="Max"/>, or null.</summary>
    public string? JobId { get; init; }

    /// <summary>The room of a promotion.</summary>
    /// <param name="codes">How many codes it has.</param>
    /// <param name="isExact">Whether it has no more than that.</param>
    /// <param name="jobs">Its generate jobs, as far as they are known.</param>
    public static CodeRoom Of(long codes, bool isExact, IReadOnlyCollection<PromotionJob> jobs)
    {
        PromotionJob? failed = jobs
            .Where(job => JobEndedException.IsQuotaFailure(job) && job is { NumberOfCodes: not null, CreatedAt: not null })
            .OrderByDescending(job => job.CreatedAt)
            .FirstOrDefault();
        long? maxLimit = failed is null ? null : CodesAt(failed, codes, jobs) + failed.NumberOfCodes - 1;
        if (maxLimit < codes)
        {
            // The limit has been raised since.
            maxLimit = null;
        }

        long minLimit = maxLimit < DefaultLimit || !isExact ? codes : Math.Max(codes, DefaultLimit);
        return new CodeRoom(minLimit - codes, maxLimit - codes) { JobId = maxLimit is null ? null : failed!.JobId };
    }

    /// <summary>
    /// How many codes the promotion had at most when a job failed: those of today without those of later jobs, or more if codes of earlier
    /// jobs were deleted since.
    /// </summary>
    private static long CodesAt(PromotionJob failed, long codesNow, IReadOnlyCollection<PromotionJob> jobs) => Math.Max(
        codesNow - jobs.Where(job => job.CreatedAt > failed.CreatedAt).Sum(job => (long)JobCodeCount.Counted(job)),
        jobs.Where(job => job.CreatedAt < failed.CreatedAt).Sum(job => (long)JobCodeCount.MaxRemaining(job)));
}

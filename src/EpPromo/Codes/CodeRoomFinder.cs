using EpPromo.Api;
using EpPromo.Jobs;

namespace EpPromo.Codes;

/// <summary>Finds out how many codes a promotion has, and how many more it has room for.</summary>
internal sealed class CodeRoomFinder
{
    private readonly IJobApi _jobs;
    private readonly ICodeApi _codes;
    private readonly PageConcurrency _pages;

    /// <summary>A finder that reads lists of a store.</summary>
    /// <param name="jobs">The jobs of the store.</param>
    /// <param name="codes">Its codes.</param>
    /// <param name="pages">How many pages of a list of jobs are requested at the same time.</param>
    public CodeRoomFinder(IJobApi jobs, ICodeApi codes, PageConcurrency pages)
    {
        _jobs = jobs;
        _codes = codes;
        _pages = pages;
    }

    /// <summary>
    /// Counts the codes of a promotion with one request. Without a total, what the jobs report is the minimum; to know more, all codes would
    /// have to be read.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobs">Its generate jobs, as far as they are known.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The number, and whether there are no more.</returns>
    public async Task<(long Codes, bool IsExact)> CountAsync(
        string promotionId, IReadOnlyCollection<PromotionJob> jobs, CancellationToken cancellationToken)
    {
        Page<PromotionCode> codes = await _codes.ListCodesAsync(promotionId, null, 0, cancellationToken);
        bool isExact = codes.Total is not null || codes.IsLast;
        return (codes.Total ?? Math.Max(codes.Items.Count, isExact ? 0 : jobs.Sum(job => (long)JobCodeCount.Counted(job))), isExact);
    }

    /// <summary>Reads how many codes a promotion has, and its room.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="counted">How many codes it has, if they have been counted.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The number of codes, null if it is not known exactly, and the room.</returns>
    public async Task<(long? Codes, CodeRoom Room)> FindAsync(string promotionId, long? counted, CancellationToken cancellationToken)
    {
        List<PromotionJob> jobs = await JobFinder.ListAsync(_jobs, promotionId, JobTypes.Generate, null, _pages, cancellationToken);
        (long codes, bool isExact) = counted is { } known ? (known, true) : await CountAsync(promotionId, jobs, cancellationToken);
        return (isExact ? codes : null, CodeRoom.Of(codes, isExact, jobs));
    }
}

namespace EpPromo;

/// <summary>
/// Finds the codes that one generate job has made. A code does not name its job (api-contract.md section 6), but a promotion has one
/// active job at a time (section 3), so prefix and time of creation tell it.
/// </summary>
public sealed class JobCodes
{
    private readonly IPromotionApi _api;

    /// <summary>A search through <paramref name="api"/>.</summary>
    public JobCodes(IPromotionApi api) => _api = api;

    /// <summary>Visits the codes of <paramref name="job"/> in the order of their texts, page by page.</summary>
    /// <param name="job">An ended generate job with its times.</param>
    /// <param name="visit">Called for each code.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task VisitAsync(PromotionJob job, Action<PromotionCode> visit, CancellationToken cancellationToken)
    {
        string prefix = job.CodePrefix ?? "";

        // Codes with the prefix sort together, right after the prefix itself; without one all codes are read.
        string? last = prefix.Length == 0 ? null : prefix;
        while (true)
        {
            Page<PromotionCode> page = await _api.ListCodesAsync(job.PromotionId, last, cancellationToken);
            foreach (PromotionCode code in page.Items)
            {
                if (!code.Code.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    return;
                }

                if (code.CreatedAt is null || (code.CreatedAt >= job.CreatedAt && code.CreatedAt <= job.UpdatedAt))
                {
                    visit(code);
                }
            }

            // A page that does not go on would be read for ever.
            string? end = page.Items.Count == 0 ? null : page.Items[page.Items.Count - 1].Code;
            if (page.IsLast || end == last)
            {
                return;
            }

            last = end;
        }
    }
}

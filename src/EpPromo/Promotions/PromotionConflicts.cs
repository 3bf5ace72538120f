using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>
/// Detects before anything is sent that a name or a priority is in use already, as far as the list of promotions shows it. Thread-safe.
/// </summary>
internal sealed class PromotionConflicts
{
    /// <summary>A conflict is reported only if a list that is read again shows it, too.</summary>
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(5);

    private readonly PromotionDirectory _directory;
    private readonly IPromotionApi _api;

    /// <summary>The conflicts with the promotions of <paramref name="directory"/>.</summary>
    public PromotionConflicts(PromotionDirectory directory, IPromotionApi api)
    {
        _directory = directory;
        _api = api;
    }

    /// <summary>The promotions that have a name, case ignored.</summary>
    /// <exception cref="EpPromoException">The promotions cannot be read.</exception>
    public Task<IReadOnlyList<Promotion>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        FindAsync(promotion => Key(promotion.Name).Equals(Key(name), StringComparison.OrdinalIgnoreCase), cancellationToken);

    /// <summary>Throws if another promotion has the priority.</summary>
    /// <param name="priority">The priority, or null for none.</param>
    /// <param name="promotionId">The promotion that is to have it, or null for a new one.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">It is in use, or the promotions cannot be read.</exception>
    public async Task ThrowIfPriorityIsTakenAsync(int? priority, string? promotionId, CancellationToken cancellationToken)
    {
        if (priority is null)
        {
            return;
        }

        IReadOnlyList<Promotion> taken = await FindAsync(
            promotion => promotion.Priority == priority && promotion.PromotionId != promotionId, cancellationToken);
        if (taken.Count > 0)
        {
            throw new EpPromoException(
                ErrorKind.Refused, nameof(SR.DuplicatePriority), MessageText.Of(SR.DetailPriorityOf, taken[0].Name, priority));
        }
    }

    private async Task<IReadOnlyList<Promotion>> FindAsync(Func<Promotion, bool> isMatch, CancellationToken cancellationToken)
    {
        IReadOnlyList<Promotion> found = await ReadAsync(isMatch, s_maxAge, cancellationToken);
        return found.Count == 0 ? found : await ReadAsync(isMatch, TimeSpan.Zero, cancellationToken);
    }

    private async Task<IReadOnlyList<Promotion>> ReadAsync(Func<Promotion, bool> isMatch, TimeSpan maxAge, CancellationToken cancellationToken) =>
        [.. (await _directory.ListAsync(maxAge, _api, cancellationToken)).Where(isMatch)];

    private static string Key(string name) => NormalizedText.Of(name.Trim());
}

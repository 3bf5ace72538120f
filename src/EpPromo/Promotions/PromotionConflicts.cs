using System.Collections.Concurrent;
using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>
/// Detects before anything is sent that a name or a priority is in use already, as far as the list of promotions shows it, and what this command
/// has created itself. Thread-safe.
/// </summary>
internal sealed class PromotionConflicts
{
    /// <summary>A conflict is reported only if a list that is read again shows it, too.</summary>
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(5);

    private readonly PromotionDirectory _directory;
    private readonly IPromotionApi _api;
    private readonly ConcurrentDictionary<string, Promotion> _written = new(StringComparer.Ordinal);

    /// <summary>The conflicts with the promotions of <paramref name="directory"/>.</summary>
    public PromotionConflicts(PromotionDirectory directory, IPromotionApi api)
    {
        _directory = directory;
        _api = api;
    }

    /// <summary>Takes a promotion into account that this command has written; the list may not show it yet.</summary>
    public void Add(Promotion promotion) => _written[promotion.PromotionId] = promotion;

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
        IReadOnlyList<Promotion> found = [.. (await ReadAsync(s_maxAge, cancellationToken)).Where(isMatch)];
        return found.All(promotion => _written.ContainsKey(promotion.PromotionId))
            ? found
            : [.. (await ReadAsync(TimeSpan.Zero, cancellationToken)).Where(isMatch)];
    }

    private async Task<IEnumerable<Promotion>> ReadAsync(TimeSpan maxAge, CancellationToken cancellationToken) =>
        (await _directory.ListAsync(maxAge, _api, cancellationToken))
            .Where(promotion => !_written.ContainsKey(promotion.PromotionId))
            .Concat(_written.Values);

    private static string Key(string name) => NormalizedText.Of(name.Trim());
}

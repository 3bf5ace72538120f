using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>
/// Changes a promotion: reads it, sends what differs from what is wanted, and tells a change by another client in between. The API has no
/// version to compare (api-contract.md section 6), so a change between the read and the write can only be told afterwards.
/// </summary>
internal sealed class PromotionUpdater
{
    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly IRandomSource _random;

    /// <summary>An updater through <paramref name="api"/>.</summary>
    public PromotionUpdater(IPromotionApi api, IClock clock, IRandomSource random)
    {
        _api = api;
        _clock = clock;
        _random = random;
    }

    /// <summary>Makes a promotion have <paramref name="wanted"/>.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="wanted">The fields that it is to have; others stay as they are.</param>
    /// <param name="basis">
    /// The promotion as the caller knows it, or null. If another client has changed one of the fields since, to something else than is wanted,
    /// nothing is sent.
    /// </param>
    /// <param name="cancellationToken">Stops the call; what was sent by then may have been done.</param>
    /// <exception cref="ApiException">The store rejected it.</exception>
    /// <exception cref="EpPromoException">
    /// The result would be invalid, or another client has changed the same field: nothing was sent, or what was sent was overwritten.
    /// </exception>
    /// <exception cref="UncertainResultException">All responses were lost.</exception>
    public async Task<PromotionUpdate> UpdateAsync(
        string promotionId, PromotionFields wanted, Promotion? basis, CancellationToken cancellationToken)
    {
        WriteAttempts attempts = new(_clock, _random);
        Promotion? before = null;
        while (true)
        {
            Promotion current = await _api.GetPromotionAsync(promotionId, cancellationToken);
            before ??= current;
            ThrowIfChanged(wanted, basis ?? before, current);
            IReadOnlyList<PromotionField> differences = wanted.DifferencesTo(current);
            if (differences.Count == 0)
            {
                return Result(basis ?? before, current, attempts.MayHaveWorked ? wanted.DifferencesTo(before) : []);
            }

            PromotionFields changes = wanted.Only(differences);
            changes.Validate(current);
            try
            {
                Promotion after = await _api.UpdatePromotionAsync(promotionId, changes, cancellationToken);
                return Result(basis ?? before, after, differences);
            }
            catch (UncertainResultException failure)
            {
                attempts.Add(failure);
                if (!attempts.MayRepeat && !failure.Throttled)
                {
                    throw;
                }
            }

            // Then it is read again: the write may have worked, and another client may have changed the promotion.
            await attempts.DelayAsync(cancellationToken);
        }
    }

    private static PromotionUpdate Result(Promotion basis, Promotion after, IReadOnlyList<PromotionField> changed) => new(
        after,
        changed,
        [.. PromotionField.All.Where(field =>
            !changed.Contains(field) && !PromotionField.AreEqual(field.Actual(basis), field.Actual(after)))]);

    private static void ThrowIfChanged(PromotionFields wanted, Promotion basis, Promotion current)
    {
        foreach (PromotionField field in wanted.DifferencesTo(current))
        {
            object? known = field.Actual(basis);
            object? found = field.Actual(current);
            if (!PromotionField.AreEqual(known, found))
            {
                throw new EpPromoException(
                    ErrorKind.Busy, nameof(SR.PromotionChanged), current.PromotionId, field.Name,
                    PromotionField.Show(known), PromotionField.Show(found), PromotionField.Show(field.Wanted(wanted)));
            }
        }
    }
}

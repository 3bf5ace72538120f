using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>
/// Deletes a promotion. A second delete does no harm, so after a lost response it is sent again; that the promotion is gone then is success.
/// </summary>
internal sealed class PromotionRemover
{
    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly IRandomSource _random;

    /// <summary>A remover through <paramref name="api"/>.</summary>
    public PromotionRemover(IPromotionApi api, IClock clock, IRandomSource random)
    {
        _api = api;
        _clock = clock;
        _random = random;
    }

    /// <summary>Deletes a promotion with its codes and jobs.</summary>
    /// <exception cref="ApiException">The store rejected it, for example because there is no such promotion.</exception>
    /// <exception cref="UncertainResultException">All responses were lost.</exception>
    public async Task RemoveAsync(string promotionId, CancellationToken cancellationToken)
    {
        WriteAttempts attempts = new(_clock, _random);
        while (true)
        {
            attempts.ThrowIfLast();
            try
            {
                await _api.DeletePromotionAsync(promotionId, cancellationToken);
                return;
            }
            catch (ApiException gone) when (attempts.MayHaveWorked && gone.Kind == ErrorKind.NotFound && gone.Error.IsExplained)
            {
                return;
            }
            catch (EpPromoException failure) when (attempts.TryAdd(failure))
            {
                await attempts.DelayAsync(cancellationToken);
            }
        }
    }
}

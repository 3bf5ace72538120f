using EpPromo.Promotions;
using EpPromo.Time;

namespace EpPromo.Codes.Changes;

/// <summary>
/// Removes codes from promotions, each exactly once in effect, although responses can be lost (docs/guarantees.md, "Codes added and removed").
/// A code that does not exist is no error, so a request can be sent again.
/// </summary>
internal sealed class CodeRemover
{
    private readonly ICodeApi _api;
    private readonly IPromotionApi _promotions;
    private readonly RemovedCodes _removed;
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly TimeSpan _window;
    private readonly BatchSize _batchSize = new();

    /// <summary>A remover of codes in one store.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="promotions">The promotions of the store.</param>
    /// <param name="removed">Remembers the removed codes.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for delays.</param>
    /// <param name="consistencyWindow">How long a write may lag behind its request.</param>
    public CodeRemover(
        ICodeApi api, IPromotionApi promotions, RemovedCodes removed, IClock clock, IRandomSource random, TimeSpan consistencyWindow)
    {
        _removed = removed;
        _api = api;
        _promotions = promotions;
        _clock = clock;
        _random = random;
        _window = consistencyWindow;
    }

    /// <summary>Removes codes. When it ends, nothing that it has sent can still have an effect, unless it is cancelled.</summary>
    /// <param name="promotionId">The promotion. One removal at a time.</param>
    /// <param name="codes">Their texts, no two of them the same.</param>
    /// <param name="observer">Receives what became of them.</param>
    /// <param name="cancellationToken">Stops it; what was sent by then may have been done.</param>
    /// <exception cref="EpPromoException">
    /// Codes that were not reported to the observer were not removed; after lost responses, some of them may have been.
    /// </exception>
    public async Task RemoveAsync(
        string promotionId, IReadOnlyList<string> codes, ICodeRemoveObserver observer, CancellationToken cancellationToken)
    {
        LostWrites lost = new(_clock, _window, observer.OnWaiting);
        int reported = 0;
        List<(string Code, ApiException Error)> rejections = [];
        EpPromoException? failure = null;
        try
        {
            for (int start = 0; start < codes.Count;)
            {
                string[] batch = [.. codes.Skip(start).Take(_batchSize.Value)];
                start += batch.Length;
                await SendAsync(batch);
            }
        }
        catch (EpPromoException e)
        {
            failure = e;
        }

        // Otherwise a late request could remove a code that somebody adds after this.
        await lost.WaitAsync(cancellationToken);
        try
        {
            await VerifyRejectionsAsync();
        }
        catch (EpPromoException e)
        {
            failure ??= e;
        }

        if (failure is not null)
        {
            throw reported == 0 && failure is not UncertainResultException
                ? failure
                : new EpPromoException(
                    failure, failure.Kind == ErrorKind.Uncertain ? ErrorKind.Unavailable : failure.Kind, nameof(SR.CodesNotRemoved),
                    promotionId, codes.Count - reported, codes.Count, (failure as UncertainResultException)?.Reason ?? failure.Message);
        }

        // Whether no request was rejected.
        async Task<bool> SendAsync(string[] batch)
        {
            if (!_batchSize.Accepts(batch.Length))
            {
                return await SendHalvesAsync(batch);
            }

            RepeatedWrite write = new(lost, _clock, _random);
            ApiException rejected;
            try
            {
                await write.SendAsync(() => DeleteAsync(promotionId, batch, cancellationToken), cancellationToken);
                reported += batch.Length;
                observer.OnRemoved(batch);
                return true;
            }
            catch (ApiException e) when (e.ErrorId == nameof(SR.NotFound))
            {
                // How the API responds when some of the codes do not exist is not published. If it is the promotion that does not exist, this
                // throws.
                await _promotions.GetPromotionAsync(promotionId, cancellationToken);
                rejected = e;
            }
            catch (ApiException e) when (e.ErrorId == nameof(SR.RequestRefused))
            {
                rejected = e;
            }
            finally
            {
                _removed.Add(promotionId, batch);
            }

            if (batch.Length > 1)
            {
                if (await SendHalvesAsync(batch))
                {
                    _batchSize.Reject(batch.Length);
                }

                return false;
            }

            if (rejected.Kind == ErrorKind.NotFound)
            {
                reported++;
                observer.OnRemoved(batch);
            }
            else
            {
                rejections.Add((batch[0], rejected));
            }

            return false;
        }

        // A store may reject to remove a code because it does not exist, most likely after a lost request that has removed it.
        async Task VerifyRejectionsAsync()
        {
            if (rejections.Count == 0)
            {
                return;
            }

            Dictionary<string, PromotionCode> existing = await FindRejectedAsync();
            if (!rejections.All(rejection => existing.ContainsKey(rejection.Code)))
            {
                // A code that was added just before can be missing in a list that lags.
                lost.Add();
                await lost.WaitAsync(cancellationToken);
                existing = await FindRejectedAsync();
            }

            foreach ((string code, ApiException error) in rejections)
            {
                reported++;
                if (existing.ContainsKey(code))
                {
                    await observer.RejectedAsync(code, error);
                }
                else
                {
                    observer.OnRemoved([code]);
                }
            }
        }

        Task<Dictionary<string, PromotionCode>> FindRejectedAsync() => new CodeSetFinder(_api, promotionId)
            .FindAsync(rejections.Select(rejection => rejection.Code), cancellationToken);

        async Task<bool> SendHalvesAsync(string[] batch)
        {
            int half = (batch.Length + 1) / 2;
            bool isFirstAccepted = await SendAsync([.. batch.Take(half)]);
            return await SendAsync([.. batch.Skip(half)]) && isFirstAccepted;
        }
    }

    private async Task<bool> DeleteAsync(string promotionId, string[] batch, CancellationToken cancellationToken)
    {
        await _api.DeleteCodesAsync(promotionId, batch, cancellationToken);
        return true;
    }
}

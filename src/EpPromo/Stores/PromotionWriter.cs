using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>Writes promotions of a store for one command: what can be known to fail is not sent, and lost responses are resolved.</summary>
internal sealed class PromotionWriter
{
    private readonly EpStore _store;
    private readonly PromotionDirectory _directory;
    private readonly PromotionWrites _shared;
    private readonly IPromotionApi _api;
    private readonly PromotionConflicts _conflicts;
    private readonly PromotionCreator _creator;

    /// <summary>A writer.</summary>
    /// <param name="api">The promotions of the store, for the command.</param>
    /// <param name="section">The promotions of one kind in the store.</param>
    /// <param name="serverTime">Callback: the store's time.</param>
    public PromotionWriter(IPromotionApi api, StoreSection section, Func<DateTimeOffset> serverTime)
    {
        _store = section.Store;
        _directory = section.Directory;
        _shared = section.PromotionWrites;
        _api = api;
        _conflicts = new PromotionConflicts(_directory, api);
        _creator = new PromotionCreator(
            api, _store.Clock, _store.Random, _shared, _store.ConsistencyWindow, serverTime);
    }

    /// <summary>Throws what can be known before anything is sent.</summary>
    /// <param name="fields">The fields of a new promotion.</param>
    /// <param name="allowSameName">Whether another promotion may have the same name.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The ids of the promotions that have the same name.</returns>
    /// <exception cref="EpPromoException">A field is invalid or in use, or the promotions cannot be read.</exception>
    public async Task<IReadOnlyCollection<string>> CheckNewAsync(
        PromotionFields fields, bool allowSameName, CancellationToken cancellationToken)
    {
        fields.Validate();
        IReadOnlyList<Promotion> named = await _conflicts.FindByNameAsync(fields.Name!, cancellationToken);
        if (named.Count > 0 && !allowSameName)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.PromotionExists), named[0].Name, named[0].PromotionId);
        }

        await _conflicts.ThrowIfPriorityIsTakenAsync(fields.Priority, null, cancellationToken);
        return [.. named.Select(promotion => promotion.PromotionId)];
    }

    /// <summary>Creates a promotion, exactly once.</summary>
    /// <param name="fields">Its fields.</param>
    /// <param name="known">What <see cref="CheckNewAsync"/> has returned.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EpPromoException">As <see cref="PromotionCreator.CreateAsync"/>.</exception>
    public async Task<Promotion> CreateAsync(PromotionFields fields, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        Promotion created = await _creator.CreateAsync(fields, known, cancellationToken);
        _directory.KeepWritten(created);
        return created;
    }

    /// <summary>Deletes a promotion with its codes and jobs.</summary>
    /// <exception cref="EpPromoException">As <see cref="PromotionRemover.RemoveAsync"/>.</exception>
    public async Task RemoveAsync(string promotionId, CancellationToken cancellationToken)
    {
        await new PromotionRemover(_api, _store.Clock, _store.Random).RemoveAsync(promotionId, cancellationToken);
        _directory.Forget(promotionId);
    }

    /// <summary>Makes a promotion have <paramref name="wanted"/>, as <see cref="PromotionUpdater.UpdateAsync"/> does.</summary>
    public async Task<PromotionUpdate> UpdateAsync(
        string promotionId, PromotionFields wanted, Promotion? basis, CancellationToken cancellationToken)
    {
        using IDisposable promotionLock = await _shared.PromotionLock.LockAsync(promotionId, cancellationToken);
        await _conflicts.ThrowIfPriorityIsTakenAsync(wanted.Priority, promotionId, cancellationToken);
        PromotionUpdate update = await new PromotionUpdater(_api, _store.Clock, _store.Random, _shared, _store.ConsistencyWindow)
            .UpdateAsync(promotionId, wanted, basis, cancellationToken);
        if (update.Changed.Count > 0)
        {
            _directory.KeepWritten(update.Promotion);
        }

        return update;
    }
}

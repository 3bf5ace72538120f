using EpPromo.Api;
using EpPromo.Codes.Changes;
using EpPromo.Codes.Exports;
using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Promotions;
using EpPromo.Runs.Execution;
using EpPromo.Stores;
using EpPromo.Time;
using EpPromo.Usages;

namespace EpPromo.PowerShell.Sessions;

/// <summary>
/// What a command uses of one store and one kind of promotions. The input of a command can belong to several stores and to both kinds; each
/// has a context of its own.
/// </summary>
internal sealed class StoreContext
{
    private readonly OtherKindCheck _otherKind;
    private readonly Lazy<JobCreator> _creator;
    private readonly Lazy<JobWaiter> _waiter;
    private readonly Lazy<WaitingJobCreator> _waitingCreator;
    private readonly Lazy<PromotionWriter> _writer;
    private readonly Lazy<CodeAdder> _adder;
    private readonly Lazy<CodeRemover> _remover;

    /// <summary>The context of a store and a kind.</summary>
    /// <param name="section">The promotions of one kind in a store.</param>
    /// <param name="observer">Is notified of the requests.</param>
    /// <param name="limit">The command's limit, which work releases while it waits for a promotion to be free.</param>
    public StoreContext(StoreSection section, IRequestObserver observer, ConcurrencyLimit limit)
    {
        Section = section;
        _otherKind = new OtherKindCheck(section, observer);
        Api = section.Open(observer);
        _creator = new(() => new JobCreator(Api.Jobs, Clock, Store.Random, section.CreateCoordination, Store.ConsistencyWindow));
        _waiter = new(() => new JobWaiter(Api.Jobs, Clock, Store.ConsistencyWindow, () => Store.RequestsPerSecond));
        _waitingCreator = new(() =>
            new WaitingJobCreator(Creator, new ActiveJobWaiter(Api.Jobs, Clock, Waiter), limit, Clock, Store.Random));
        _adder = new(() => new CodeAdder(Api.Codes, section.RemovedCodes, () => Api.Jobs.ServerTime, Clock, Store.Random, Store.ConsistencyWindow));
        _remover = new(() => new CodeRemover(Api.Codes, Api.Promotions, section.RemovedCodes, Clock, Store.Random, Store.ConsistencyWindow));
        _writer = new(() => new PromotionWriter(Api.Promotions, section, () => Api.Jobs.ServerTime));
    }

    /// <summary>The promotions of one kind in the store.</summary>
    public StoreSection Section { get; }

    /// <summary>The store.</summary>
    public EpStore Store => Section.Store;

    /// <summary>The kind of promotions.</summary>
    public PromotionKind Kind => Section.Kind;

    /// <summary>The promotions by id and by name.</summary>
    public PromotionDirectory Directory => Section.Directory;

    /// <summary>The store's API; its requests show up in the command's verbose and debug streams.</summary>
    public StoreApi Api { get; }

    /// <summary>The store's clock.</summary>
    public IClock Clock => Store.Clock;

    /// <summary>How many pages of whole lists the command requests at the same time.</summary>
    public PageConcurrency Pages { get; } = new();

    /// <summary>Lists usages.</summary>
    public UsageLister Usages => new(Api.Usages, Clock, Pages);

    /// <summary>Creates jobs, exactly once.</summary>
    public JobCreator Creator => _creator.Value;

    /// <summary>Waits for jobs. A command that uses it, or <see cref="WaitingCreator"/>, says so (<c>UsesWaiter</c>).</summary>
    public JobWaiter Waiter => _waiter.Value;

    /// <summary>Creates jobs, exactly once, as soon as their promotions are free. Work that waits for that releases the limit.</summary>
    public WaitingJobCreator WaitingCreator => _waitingCreator.Value;

    /// <summary>Adds codes, exactly once.</summary>
    public CodeAdder Adder => _adder.Value;

    /// <summary>Removes codes, exactly once.</summary>
    public CodeRemover Remover => _remover.Value;

    /// <summary>Writes promotions.</summary>
    public PromotionWriter Writer => _writer.Value;

    /// <summary>What the runs of a command share.</summary>
    /// <param name="limit">Limits how many runs work at once.</param>
    public RunContext CreateRunContext(ConcurrencyLimit limit) => new(Api, Clock, Creator, Waiter, Remover, limit, Store.ConsistencyWindow);

    /// <summary>Exports the codes of jobs and runs.</summary>
    public OwnCodeExport CreateOwnCodeExport() => new(
        Api.Jobs, Api.Codes, Store.Connection.ExportFiles, CreatePromotionExport(), Clock, Store.ConsistencyWindow);

    /// <summary>Exports whole promotions.</summary>
    public PromotionExport CreatePromotionExport() => new(Api.Jobs, WaitingCreator, Waiter);

    /// <summary>What is known of a promotion without a request; null if a request is needed.</summary>
    /// <exception cref="EpPromoException">The id is invalid, or known to be that of a promotion of the other kind.</exception>
    public PromotionIdentity? FindKnown(PromotionReference reference)
    {
        if (reference.Promotion is { } promotion)
        {
            Identifier.Check(promotion.PromotionId);
            Directory.KeepUnlessKnown(promotion);
            return PromotionIdentity.Of(promotion);
        }

        if (reference.CanBeId)
        {
            _otherKind.ThrowIfKnown(reference.Text);
        }

        return reference.IsId && Directory.Identify(reference.Text) is { Details: not null } known ? known : null;
    }

    /// <summary>Finds the promotion that a reference means, and its name.</summary>
    /// <exception cref="EpPromoException">There is no such promotion, or several; or the promotions cannot be read.</exception>
    public async Task<PromotionIdentity> FindAsync(PromotionReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return await (reference.IsId
                ? Directory.FindByIdAsync(reference.Text, Api.Promotions, cancellationToken)
                : Directory.FindAsync(reference.Text, Api.Promotions, cancellationToken));
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.PromotionNameNotFound))
        {
            throw await _otherKind.FindByNameAsync(reference.Text, cancellationToken) ?? e;
        }
    }

    /// <summary>The error for a name that no promotion of the kind has.</summary>
    public async Task<EpPromoException> NotFoundAsync(string name, CancellationToken cancellationToken) =>
        await _otherKind.FindByNameAsync(name, cancellationToken)
        ?? await Directory.NotFoundAsync(name, Api.Promotions, cancellationToken);

    /// <summary>Whether a promotion is automatic; false if it cannot be read, because the store itself rejects codes on an automatic one.</summary>
    public async Task<bool> IsAutomaticAsync(string promotionId, CancellationToken cancellationToken)
    {
        try
        {
            return (await Api.Promotions.GetPromotionAsync(promotionId, cancellationToken)).Automatic;
        }
        catch (EpPromoException)
        {
            return false;
        }
    }
}

using EpPromo.Codes;
using EpPromo.Codes.Changes;

namespace EpPromo.UnitTests.Simulation;

/// <summary>How codes are added and removed: like the module, or as a mutant that must be caught.</summary>
internal class CodeWriterSetup
{
    /// <summary>Returns what adds codes.</summary>
    public virtual AddCodes Adder(SimulatedApi api, SimulatedProcess process, RemovedCodes removed, TimeSpan window) =>
        new CodeAdder(api, removed, () => api.ServerTime, process.Clock, process.Random, window).AddAsync;

    /// <summary>Returns what removes codes.</summary>
    public virtual CodeRemover Remover(SimulatedApi api, SimulatedProcess process, RemovedCodes removed, TimeSpan window) =>
        api.RemoverOf(process.Clock, process.Random, window, removed);
}

/// <summary>Adds codes, as <see cref="CodeAdder.AddAsync"/> does.</summary>
internal delegate Task AddCodes(
    string promotionId, IReadOnlyList<NewCode> codes, bool skipExisting, ICodeAddObserver observer, CancellationToken cancellationToken);

/// <summary>Does not wait for requests to add codes whose responses were lost.</summary>
internal sealed class NoWaitForAddsMutant : CodeWriterSetup
{
    public override AddCodes Adder(SimulatedApi api, SimulatedProcess process, RemovedCodes removed, TimeSpan window) =>
        base.Adder(api, process, removed, TimeSpan.Zero);
}

/// <summary>Does not wait for requests to remove codes whose responses were lost.</summary>
internal sealed class NoWaitForRemovalsMutant : CodeWriterSetup
{
    public override CodeRemover Remover(SimulatedApi api, SimulatedProcess process, RemovedCodes removed, TimeSpan window) =>
        base.Remover(api, process, removed, TimeSpan.Zero);
}

/// <summary>Sends a batch again until there is a response, and takes a rejection for codes that existed before.</summary>
internal sealed class TrustingMutant : CodeWriterSetup
{
    private const int MaxSends = 20;

    public override AddCodes Adder(SimulatedApi api, SimulatedProcess process, RemovedCodes removed, TimeSpan window) =>
        async (promotionId, codes, skipExisting, observer, cancellationToken) =>
        {
            AddCodes correct = base.Adder(api, process, removed, window);
            for (int sends = 1; ; sends++)
            {
                try
                {
                    foreach (PromotionCode code in (await api.AddCodesAsync(promotionId, codes, cancellationToken)).Codes)
                    {
                        await observer.AddedAsync(code);
                    }

                    return;
                }
                catch (UncertainResultException) when (sends < MaxSends)
                {
                    await process.Clock.DelayAsync(TimeSpan.FromSeconds(sends), cancellationToken);
                }
                catch (ApiException e) when (e.ErrorId == nameof(SR.DuplicateCode) && sends > 1)
                {
                    foreach (NewCode code in codes)
                    {
                        await observer.ExistingAsync(code);
                    }

                    return;
                }
                catch (ApiException)
                {
                    await correct(promotionId, codes, skipExisting, observer, cancellationToken);
                    return;
                }
            }
        };
}

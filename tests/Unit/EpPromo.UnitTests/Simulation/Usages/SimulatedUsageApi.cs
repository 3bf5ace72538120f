namespace EpPromo.UnitTests.Simulation;

/// <summary>The usages as one client sees them, behind a <see cref="SimulatedNetwork"/>.</summary>
internal sealed class SimulatedUsageApi(SimulatedWorld world, SimulatedServer server, SimulatedProcess process, SimulatedUsages usages, UsageMutant mutant)
    : StubUsageApi
{
    private readonly SimulatedNetwork _network = new(world, server, process);

    public IReadOnlyDictionary<Fault, int> Faults => _network.Faults;

    public override async Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken)
    {
        try
        {
            return await _network.Write($"anonymize {usageIds.Count} usages from {usageIds[0]}", _ => usages.Anonymize(usageIds), cancellationToken);
        }
        catch (UncertainResultException) when (mutant == UsageMutant.TakesLostForDone)
        {
            return [.. usageIds.Select(id => new PromotionUsage { UsageId = id, Anonymized = true })];
        }
        catch (ApiException e) when (mutant == UsageMutant.TakesBatchForMissing && e.Kind == ErrorKind.NotFound)
        {
            throw new ApiException(ErrorKind.NotFound, nameof(SR.NotFound), new ApiError { StatusCode = 404, UsageIds = usageIds }, "404");
        }
    }
}

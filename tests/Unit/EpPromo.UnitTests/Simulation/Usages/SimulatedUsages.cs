namespace EpPromo.UnitTests.Simulation;

/// <summary>The usages of a store. What it does with a request that has unknown usages is not documented, so the seed decides.</summary>
internal sealed class SimulatedUsages(SimulatedRandom random)
{
    private readonly Dictionary<string, bool> _isAnonymized = [];
    private readonly bool _listsUnknown = random.Chance(0.5);
    private readonly bool _anonymizesDespiteUnknown = random.Chance(0.5);

    public IEnumerable<string> Ids => _isAnonymized.Keys;

    public void Add(string id) => _isAnonymized[id] = false;

    public bool Exists(string id) => _isAnonymized.ContainsKey(id);

    public bool IsAnonymized(string id) => _isAnonymized.GetValueOrDefault(id);

    public IReadOnlyList<PromotionUsage> Anonymize(IReadOnlyList<string> ids)
    {
        string[] unknown = [.. ids.Where(id => !Exists(id))];
        foreach (string id in unknown.Length == 0 || _anonymizesDespiteUnknown ? ids.Except(unknown) : [])
        {
            _isAnonymized[id] = true;
        }

        return unknown.Length == 0
            ? [.. ids.Select(id => new PromotionUsage { UsageId = id, Anonymized = true })]
            : throw new ApiException(
                ErrorKind.NotFound, nameof(SR.NotFound), new ApiError { StatusCode = 404, UsageIds = _listsUnknown ? unknown : [] }, "404 Not Found");
    }
}

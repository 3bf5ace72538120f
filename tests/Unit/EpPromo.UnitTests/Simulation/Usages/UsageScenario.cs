using System.Globalization;
using EpPromo.Usages;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// Clients that anonymize usages of one store, some of which do not exist. Requests fail in every way, and processes are killed; a command
/// that did not end well is repeated. Everything follows from the seed.
/// </summary>
internal sealed class UsageScenario
{
    private const int MaxUsages = 250;

    private readonly SimulatedRandom _random;
    private readonly SimulatedServer _server;
    private readonly SimulatedUsages _usages;
    private readonly UsageMutant _mutant;
    private readonly HashSet<string> _requested = [];
    private int _active;

    /// <summary>The scenario of a seed.</summary>
    /// <param name="seed">Determines everything that happens.</param>
    /// <param name="mutant">A mistake that the invariants must catch.</param>
    public UsageScenario(int seed, UsageMutant mutant = UsageMutant.None)
    {
        _random = new SimulatedRandom(seed);
        _mutant = mutant;
        World = new SimulatedWorld(_random, TimeSpan.FromDays(1));
        _server = new SimulatedServer(World, StoreBehaviour.Draw(_random) with { FaultsEnd = TimeSpan.FromMinutes(20) });
        _usages = new SimulatedUsages(_random);
    }

    public SimulatedWorld World { get; }

    public List<SimulatedUsageApi> Connections { get; } = [];

    /// <summary>Runs the scenario to its end.</summary>
    public void Run()
    {
        World.Record("store", _server.Behaviour.ToString());
        int count = _random.Between(1, MaxUsages);
        for (int i = 0; i < count; i++)
        {
            _usages.Add(Id(i));
        }

        _active = _random.Between(1, 3);
        for (int client = _active; client > 0; client--)
        {
            string[] ids = [.. Enumerable.Range(0, _random.Between(1, MaxUsages)).Select(_ => Id(_random.Next(count + (count / 4) + 1)))];
            _requested.UnionWith(ids);
            Start(client, 1, ids);
        }

        World.Run(() => _active == 0);
        foreach (string id in _usages.Ids)
        {
            Require(_usages.IsAnonymized(id) == _requested.Contains(id), $"{id} is {(_requested.Contains(id) ? "not" : "wrongly")} anonymized");
        }
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"u{number}");

    private void Start(int client, int session, string[] ids)
    {
        SimulatedProcess process = new(World, string.Create(CultureInfo.InvariantCulture, $"c{client}.{session}"), TimeSpan.Zero);
        SimulatedUsageApi api = new(World, _server, process, _usages, _mutant);
        Connections.Add(api);
        if (_random.Chance(0.5) && session < 4)
        {
            process.KillAfter(_random.Between(1, 20));
            process.Killed = () => Start(client, session + 1, ids);
        }

        process.Start(async () =>
        {
            while (!await TryAnonymizeAsync(process, api, ids))
            {
                await process.Clock.DelayAsync(_random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)), CancellationToken.None);
            }

            _active--;
        });
    }

    /// <summary>Executes the command once.</summary>
    /// <returns>Whether it ended without an error, but for missing usages.</returns>
    private async Task<bool> TryAnonymizeAsync(SimulatedProcess process, SimulatedUsageApi api, string[] ids)
    {
        Dictionary<string, int> reported = [];
        UsageAnonymizer anonymizer = new(
            api,
            usage => Report(usage.UsageId, _usages.IsAnonymized(usage.UsageId), "is not anonymized"),
            (id, error) => Report(id, error.ErrorId == nameof(SR.UsageNotFound) && !_usages.Exists(id), $"is reported as {error.ErrorId}"));
        try
        {
            await anonymizer.AnonymizeAsync(ids, CancellationToken.None);
        }
        catch (EpPromoException e)
        {
            World.Record(process.Name, $"failed: {e.Message}");
            return false;
        }

        Require(ids.Distinct().Order().SequenceEqual(reported.Keys.Order()), "not every usage was reported");
        return true;

        Task Report(string id, bool isRight, string otherwise)
        {
            Require(isRight, $"{id} {otherwise}");
            reported[id] = reported.GetValueOrDefault(id) + 1;
            Require(reported[id] == 1, $"{id} was reported twice");
            return Task.CompletedTask;
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new SimulationException(otherwise);
        }
    }
}

using System.Globalization;
using EpPromo.Promotions;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// Clients that create, change and delete promotions of one store, while another client changes the descriptions of all. Requests fail in
/// every way, users cancel, and processes are killed. Everything follows from the seed.
/// </summary>
internal sealed class PromotionScenario
{
    private readonly SimulatedRandom _random;
    private readonly SimulatedServer _server;
    private readonly PromotionMutant _mutant;
    private readonly Dictionary<string, string> _descriptions = [];
    private readonly HashSet<string> _unknown = [];
    private int _active;
    private int _calls;
    private int _priority;

    /// <summary>The scenario of a seed.</summary>
    /// <param name="seed">Determines everything that happens.</param>
    /// <param name="mutant">What the invariants must catch.</param>
    public PromotionScenario(int seed, PromotionMutant mutant = PromotionMutant.None)
    {
        _random = new SimulatedRandom(seed);
        _mutant = mutant;
        World = new SimulatedWorld(_random, TimeSpan.FromDays(1));
        _server = new SimulatedServer(World, StoreBehaviour.Draw(_random) with { NewPromotionLag = TimeSpan.Zero });
        Promotions = new SimulatedPromotions(World, _server);
    }

    public SimulatedWorld World { get; }

    public SimulatedPromotions Promotions { get; }

    public List<SimulatedPromotionApi> Connections { get; } = [];

    private TimeSpan Window => _mutant == PromotionMutant.NoWindow ? TimeSpan.Zero : _server.Behaviour.ConsistencyWindow;

    /// <summary>Runs the scenario to its end.</summary>
    public void Run()
    {
        World.Record("store", _server.Behaviour.ToString());
        _active = _random.Between(1, 2);
        for (int client = _active; client > 0; client--)
        {
            Start(string.Create(CultureInfo.InvariantCulture, $"client{client}"));
        }

        World.After(TimeSpan.FromSeconds(1), ChangeDescriptions);
        World.Run(() => _active == 0);
        foreach (Promotion promotion in Promotions.All)
        {
            Require(
                !_descriptions.TryGetValue(promotion.PromotionId, out string? description) || promotion.Description == description,
                $"the change of another client on {promotion.PromotionId} is lost");
        }
    }

    private void Start(string name)
    {
        SimulatedProcess process = new(World, name, _random.Between(TimeSpan.FromMinutes(-10), TimeSpan.FromMinutes(10)));
        SimulatedPromotionApi api = new(World, _server, process, Promotions);
        Connections.Add(api);
        PromotionWrites shared = new();
        if (_random.Chance(0.2))
        {
            process.KillAfter(_random.Between(1, 200));
            process.Killed = () => _active--;
        }

        process.Start(async () =>
        {
            await api.ConnectAsync();
            await Task.WhenAll(Enumerable.Range(0, _random.Between(1, 3)).Select(_ => WorkAsync(process, api, shared)));
            _active--;
        });
    }

    private async Task WorkAsync(SimulatedProcess process, SimulatedPromotionApi api, PromotionWrites shared)
    {
        for (int left = _random.Between(1, 3); left > 0; left--)
        {
            await process.Clock.DelayAsync(_random.LogUniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20)), CancellationToken.None);
            if (await CreateAsync(process, api, shared) is { } created)
            {
                // The network gives a request up later than a user who cancels, so nobody knows when a cancelled change takes effect.
                if (await UpdateAsync(process, api, shared, created, enabled: true) is not OperationCanceledException)
                {
                    await UpdateAsync(process, api, shared, created, enabled: false);
                }

                if (_random.Chance(0.5))
                {
                    await CallAsync(process, $"remove {created.PromotionId}", async (_, stop) =>
                    {
                        await new PromotionRemover(api, process.Clock, _random).RemoveAsync(created.PromotionId, stop);
                        Require(Promotions.Find(created.PromotionId) is null, $"{created.PromotionId} was not deleted");
                    });
                }
            }
        }
    }

    private async Task<Promotion?> CreateAsync(SimulatedProcess process, SimulatedPromotionApi api, PromotionWrites shared)
    {
        // Users of a process may create promotions of the same name at the same time.
        PromotionFields fields = new()
        {
            Name = $"{process.Name} {_random.Between(1, 2)}", Priority = _random.Chance(0.5) ? ++_priority : null, Enabled = false,
        };
        PromotionCreator creator = new(api, process.Clock, _random, shared, Window, () => api.ServerTime);
        Promotion? created = null;
        int number = 0;
        Exception? error = await CallAsync(process, $"create '{fields.Name}'", async (call, stop) =>
        {
            number = call;
            created = await creator.CreateAsync(fields, [], stop);
        });
        Promotion[] made = [.. Promotions.CreatedBy(number)];
        Require(made.Length <= 1, $"call {number} created {made.Length} promotions");
        if (created is null && error is not EpPromoException { Kind: not ErrorKind.Uncertain })
        {
            _unknown.Add(fields.Name);
        }

        // A call may return a promotion of the same name that a cancelled one has left: nobody can tell them apart.
        if (created is not null && !_unknown.Contains(fields.Name))
        {
            Require(made.Length == 1 && made[0].PromotionId == created.PromotionId, $"call {number} returned {created.PromotionId}, which another call created");
        }
        else if (error is EpPromoException { Kind: not ErrorKind.Uncertain })
        {
            Require(made.Length == 0, $"call {number} says that nothing was created: {error.Message}");
        }

        return created;
    }

    private Task<Exception?> UpdateAsync(
        SimulatedProcess process, SimulatedPromotionApi api, PromotionWrites shared, Promotion created, bool enabled) =>
        CallAsync(process, $"set Enabled of {created.PromotionId} to {enabled}", async (_, stop) =>
        {
            PromotionFields wanted = _mutant == PromotionMutant.SendsAll
                ? PromotionFields.Of(await api.GetPromotionAsync(created.PromotionId, stop)) with { Enabled = enabled, Description = created.Description }
                : new() { Enabled = enabled };
            PromotionWrites known = _mutant == PromotionMutant.BelievesRead ? new() : shared;
            PromotionUpdate update = await new PromotionUpdater(api, process.Clock, _random, known, Window)
                .UpdateAsync(created.PromotionId, wanted, null, stop);
            Require(Promotions.Find(created.PromotionId)!.Enabled == enabled, $"{created.PromotionId} was not changed");
            Require(update.Promotion.Enabled == enabled, "the returned promotion was not changed");
        });

    private async Task<Exception?> CallAsync(SimulatedProcess process, string what, Func<int, CancellationToken, Task> work)
    {
        int call = ++_calls;
        CurrentCall.Number = call;
        World.Record(process.Name, $"starts call {call}: {what}");
        using CancellationTokenSource stop = new();
        SimulatedTimer? cancel = _random.Chance(0.1)
            ? World.After(_random.LogUniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5)), () => process.Post(_ => Cancel(stop), null))
            : null;
        Exception? error = null;
        try
        {
            await work(call, stop.Token);
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            // An error is an outcome, too.
            error = e;
        }

        cancel?.Cancel();
        World.Record(process.Name, $"ends call {call}: {error?.Message ?? "done"}");
        return error;
    }

    private static void Cancel(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call has ended in the same step.
        }
    }

    private void ChangeDescriptions()
    {
        foreach (Promotion promotion in Promotions.All.ToArray())
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"changed at {World.Elapsed}");
            Promotions.Update(promotion.PromotionId, new() { Description = text }, TimeSpan.MaxValue);
            _descriptions[promotion.PromotionId] = text;
        }

        if (_active > 0)
        {
            World.After(_random.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20)), ChangeDescriptions);
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

using System.Globalization;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One or two clients at work on a few promotions of one store, each with a few users at once; they create, wait, cancel, are
/// stopped, are killed and begin again. All of it comes from the seed.
/// </summary>
internal sealed class Scenario
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly SimulatedRandom _random;
    private readonly Func<SimulatedApi, SimulatedProcess, CreateJob>? _createBy;
    private readonly List<string> _promotionIds = [];
    private int _clientsAtWork;
    private int _names;

    /// <summary>The scenario of a seed.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="createBy">Another way to create jobs than the domain's, or null.</param>
    public Scenario(int seed, Func<SimulatedApi, SimulatedProcess, CreateJob>? createBy = null)
    {
        _random = new SimulatedRandom(seed);
        _createBy = createBy;
        World = new SimulatedWorld(_random, Longest);
        Server = new SimulatedServer(World, StoreBehaviour.Draw(_random));
    }

    public SimulatedWorld World { get; }

    public SimulatedServer Server { get; }

    public CallLog Calls { get; } = new();

    /// <summary>The connections of all clients, dead ones included.</summary>
    public List<SimulatedApi> Stores { get; } = [];

    /// <summary>Runs it to its end and holds the outcome against the <see cref="Invariants"/>.</summary>
    public void Run()
    {
        World.Record("store", Server.Behaviour.ToString());
        int promotions = _random.Between(1, 3);
        for (int i = 1; i <= promotions; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"promo-{i}");
            _promotionIds.Add(id);
            Server.AddPromotion(id);
        }

        _clientsAtWork = _random.Between(1, 2);
        for (int client = 1; client <= _clientsAtWork; client++)
        {
            Begin(client, life: 1);
        }

        World.Run(() => _clientsAtWork == 0);
        World.Run(() => Server.IsIdle);
        new Invariants(Server, Calls).Check();
    }

    private void Begin(int client, int life)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"client{client}.{life}");
        SimulatedProcess process = new(World, name, _random.Between(TimeSpan.FromMinutes(-10), TimeSpan.FromMinutes(10)));
        ClientProcess current = new(World, Server, process, Calls, _createBy);
        Stores.Add(current.Store);
        if (_random.Chance(0.3) && life < 4)
        {
            process.KillAfter((int)_random.LogUniform(TimeSpan.FromTicks(1), TimeSpan.FromTicks(1000)).Ticks);
            TimeSpan pause = _random.LogUniform(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2));
            process.Killed = () => World.After(pause, () => Begin(client, life + 1));
        }

        process.Start(async () =>
        {
            await current.RunAsync(() => Task.WhenAll(Enumerable.Range(0, _random.Between(1, 3)).Select(_ => WorkAsync(current))));
            _clientsAtWork--;
        });
    }

    /// <summary>One user of a client.</summary>
    private async Task WorkAsync(ClientProcess client)
    {
        string? lastName = null;
        for (int left = _random.Between(1, 3); left > 0; left--)
        {
            await client.Process.Clock.DelayAsync(Pause(), CancellationToken.None);
            NewJob job = _random.Chance(0.2) ? SharedJob(client) : DrawJob(lastName);
            string promotionId = _random.Chance(0.02) ? "no-such-promotion" : _random.Pick<string>([.. _promotionIds]);
            if (job.Name is not null && job.Name != lastName && promotionId != "no-such-promotion" && _random.Chance(0.2))
            {
                // The same thing was done an hour ago.
                Server.AddFinished(promotionId, job, TimeSpan.FromHours(1));
            }

            TimeSpan? cancelAfter = CancelAfter();
            PromotionJob? made = await client.CreateAsync(promotionId, job, whenFree: _random.Chance(0.4), cancelAfter);

            // Who does not know whether a job was made polls before using its name again.
            lastName = made is null ? null : job.Name;
            if (made is not null)
            {
                await FollowAsync(client, made);
            }
            else if (_random.Chance(0.1))
            {
                await client.WaitAsync(promotionId, "no-such-job", CancelAfter());
            }
        }
    }

    /// <summary>What is done with a job that was made.</summary>
    private async Task FollowAsync(ClientProcess client, PromotionJob made)
    {
        switch (_random.Next(5))
        {
            case 0:
                break;

            case 1:
                await client.WaitAsync(made, CancelAfter());
                break;

            case 2:
                await client.WaitAsync(made.PromotionId, made.JobId, CancelAfter());
                break;

            case 3:
                await Task.WhenAll(client.WaitAsync(made, CancelAfter()), client.WaitAsync(made, CancelAfter()));
                break;

            default:
                await client.Process.Clock.DelayAsync(Pause(), CancellationToken.None);
                PromotionJob stopped = await client.CancelAsync(made, CancelAfter()) ?? made;
                await client.WaitAsync(stopped, CancelAfter());
                break;
        }
    }

    /// <summary>Several users of a client may ask for the same at the same time: a name is no key, and each gets a job of its own.</summary>
    private static NewJob SharedJob(ClientProcess client) =>
        NewJob.Export($"shared by {client.Process.Name}");

    private NewJob DrawJob(string? lastName)
    {
        string? name = _random.Next(3) switch
        {
            0 => null,
            1 => lastName ?? NextName(),
            _ => NextName(),
        };
        return _random.Chance(0.2)
            ? NewJob.Export(name)
            : new NewJob
            {
                JobType = JobTypes.Generate,
                Name = name,
                NumberOfCodes = _random.Pick(1, 10, 500, 1000),
                CodePrefix = _random.Pick(null, "summer", "summer-"),
                CodeLength = _random.Pick<int?>(null, 8, 16),
                MaxUsesPerCode = _random.Pick<int?>(null, 0, 1),
                ConsumeUnit = _random.Pick(null, ConsumeUnits.PerApplication),
            };
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"given {++_names}");

    private TimeSpan Pause() => _random.LogUniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20));

    private TimeSpan? CancelAfter() =>
        _random.Chance(0.1) ? _random.LogUniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5)) : null;
}

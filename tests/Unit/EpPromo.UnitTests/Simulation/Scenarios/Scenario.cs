using System.Globalization;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One or two clients that use a few promotions of one store, each with a few concurrent users. They create, wait, cancel, are cancelled, are
/// killed and restart. Everything follows from the seed.
/// </summary>
internal sealed class Scenario
{
    private const int MaxProcesses = 4;
    private static readonly TimeSpan s_maxTime = TimeSpan.FromDays(1);

    private readonly SimulatedRandom _random;
    private readonly Func<SimulatedApi, SimulatedProcess, CreateJob>? _createBy;
    private readonly List<string> _promotionIds = [];
    private int _activeClients;
    private int _names;

    /// <summary>The scenario of a seed.</summary>
    /// <param name="seed">Determines everything that happens.</param>
    /// <param name="createBy">Creates jobs in place of the domain; null for the domain itself.</param>
    public Scenario(int seed, Func<SimulatedApi, SimulatedProcess, CreateJob>? createBy = null)
    {
        _random = new SimulatedRandom(seed);
        _createBy = createBy;
        World = new SimulatedWorld(_random, s_maxTime);
        Server = new SimulatedServer(World, StoreBehaviour.Draw(_random));
    }

    public SimulatedWorld World { get; }

    public SimulatedServer Server { get; }

    public CallLog Calls { get; } = new();

    /// <summary>The connections of all processes, killed ones included.</summary>
    public List<SimulatedApi> Connections { get; } = [];

    /// <summary>Runs the scenario to its end and checks the <see cref="Invariants"/>.</summary>
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

        _activeClients = _random.Between(1, 2);
        for (int client = 1; client <= _activeClients; client++)
        {
            Start(client, processNumber: 1);
        }

        World.Run(() => _activeClients == 0);
        World.Run(() => Server.IsIdle);
        new Invariants(Server, Calls).Check();
    }

    private void Start(int client, int processNumber)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"client{client}.{processNumber}");
        SimulatedProcess process = new(World, name, _random.Between(TimeSpan.FromMinutes(-10), TimeSpan.FromMinutes(10)));
        ClientProcess current = new(World, Server, process, Calls, _createBy);
        Connections.Add(current.Store);
        if (_random.Chance(0.3) && processNumber < MaxProcesses)
        {
            process.KillAfter((int)_random.LogUniform(TimeSpan.FromTicks(1), TimeSpan.FromTicks(1000)).Ticks);
            TimeSpan pause = _random.LogUniform(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2));
            process.Killed = () => World.After(pause, () => Start(client, processNumber + 1));
        }

        process.Start(async () =>
        {
            await current.RunAsync(() => Task.WhenAll(Enumerable.Range(0, _random.Between(1, 3)).Select(_ => WorkAsync(current))));
            _activeClients--;
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
                // A job that was requested in the same way an hour ago.
                Server.AddFinished(promotionId, job, TimeSpan.FromHours(1));
            }

            TimeSpan? cancelAfter = CancelAfter();
            PromotionJob? made = await client.CreateAsync(promotionId, job, whenFree: _random.Chance(0.4), cancelAfter);

            // A user who does not know whether the job was created does not use its name again.
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

    /// <summary>What a user does with a job that was created.</summary>
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

    /// <summary>Several users of a client may send the same request at the same time: a name is no key, so each gets a job of its own.</summary>
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

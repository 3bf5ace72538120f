using System.Globalization;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Faults;

/// <summary>One run, its store with its faults, and the processes that work on it one after another.</summary>
internal sealed class KilledRun : IAsyncDisposable
{
    private const int Promotions = 2;
    private const int Codes = 60;
    private const int BatchSize = 20;
    private const int MostKills = 3;
    private const int MostSittings = 12;

    /// <summary>A whole run makes at least so many requests, so that a kill before does not come too late.</summary>
    private const int FewestRequests = 16;

    /// <summary>What the client is told of the lag, with room for a machine that is busy.</summary>
    private const double ConsistencyWindow = 1;

    private static readonly TimeSpan ListLag = TimeSpan.FromMilliseconds(150);

    private readonly Random _random;
    private readonly SandboxServer _sandbox;
    private readonly string[] _ids;
    private ProcessResult? _last;

    private KilledRun(int seed, SandboxServer sandbox)
    {
        _random = new Random(seed);
        _sandbox = sandbox;
        _ids = [.. Enumerable.Range(0, Promotions).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
    }

    public int Kills { get; private set; }

    public int Sittings { get; private set; }

    public static async Task<KilledRun> StartAsync(int seed, CancellationToken cancellationToken) => new(seed, await SandboxServer.StartAsync(
        Sandboxes.Roomy with
        {
            Seed = seed,
            BaseJobDuration = TimeSpan.FromMilliseconds(30),
            ListLag = ListLag,
            Faults = [.. Faults()],
        },
        cancellationToken));

    /// <summary>Kills some sittings at a random moment, and lets others go on until one ends well.</summary>
    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        int kills = _random.Next(1, MostKills + 1);
        while (_last is not { ExitCode: 0 })
        {
            Assert.True(++Sittings <= MostSittings, $"It does not come to an end: {_last?.Errors}");
            using ChildProcess sitting = StartSitting();
            if (Kills < kills)
            {
                await KillAsync(sitting, cancellationToken);
            }

            _last = await sitting.WaitAsync(cancellationToken);
        }
    }

    public void AssertExact()
    {
        string all = string.Join(Environment.NewLine, _ids.SelectMany(_sandbox.Store.Jobs).Select(job => $"{job.PromotionId} {job.Spec.Name} {job.Status} {job.Generated}"));
        string[] made = [.. _ids.Select(id => $"{id} {_sandbox.Store.Codes(id).Count} completed")];
        string[] said = [.. _last!.Output.Order()];
        Assert.True(
            made.Order().SequenceEqual(said) && _ids.All(id => _sandbox.Store.Codes(id).Count == Codes),
            $"There are {string.Join(", ", made)}, and the run says {string.Join(", ", said)}. {_last.Errors}{Environment.NewLine}{all}");
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private ChildProcess StartSitting() => ChildProcess.StartScript(
        Path.Combine(RepositoryFolder.Root, "tests", "Unit", "EpPromo.ModuleTests", "Faults", "request.ps1"),
        _sandbox.EnvironmentVariables,
        [RepositoryFolder.Manifest, "killed", Text(Codes), Text(BatchSize), ConsistencyWindow.ToString(CultureInfo.InvariantCulture), .. _ids]);

    /// <summary>After some of its requests have arrived: while one is being worked on, or shortly after.</summary>
    private async Task KillAsync(ChildProcess sitting, CancellationToken cancellationToken)
    {
        int atRequest = _sandbox.Requests.Count + _random.Next(2, FewestRequests);
        while (_sandbox.Requests.Count < atRequest && !sitting.HasEnded)
        {
            await Task.Delay(1, cancellationToken);
        }

        await Task.Delay(_random.Next(0, 40), cancellationToken);
        if (!sitting.HasEnded)
        {
            sitting.Kill();
            Kills++;
        }
    }

    /// <summary>A fifth of the requests goes wrong, in the ways that networks and gateways do; every answer takes its time.</summary>
    private static IEnumerable<FaultRule> Faults()
    {
        yield return new FaultRule { Action = FaultAction.Delay, Time = TimeSpan.FromMilliseconds(15) };
        foreach (FaultRule rule in new FaultRule[]
        {
            new() { Action = FaultAction.DropBefore, Probability = 0.04 },
            new() { Action = FaultAction.DropAfter, Probability = 0.06 },
            new() { Action = FaultAction.Status, Status = 503, Probability = 0.03 },
            new() { Action = FaultAction.Status, Status = 502, After = true, Body = FaultBody.Html, Probability = 0.03 },
            new() { Action = FaultAction.Status, Status = 429, Probability = 0.02 },
            new() { Action = FaultAction.Truncate, Probability = 0.02 },
        })
        {
            yield return rule with { Path = "/v2/*" };
        }

        yield return new FaultRule { Endpoint = "job-create", Action = FaultAction.FailJob, Probability = 0.05 };
        yield return new FaultRule { Endpoint = "job-create", Action = FaultAction.ShortJob, Count = 7, Probability = 0.05 };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

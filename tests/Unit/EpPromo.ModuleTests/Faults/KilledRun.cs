using System.Globalization;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Faults;

/// <summary>One run, its store with faults, and the processes that execute it one after another: each is a session of the run.</summary>
internal sealed class KilledRun : IAsyncDisposable
{
    private const int Promotions = 2;
    private const int Codes = 60;
    private const int BatchSize = 20;
    private const int MaxKills = 3;
    private const int MaxSessions = 12;

    /// <summary>A complete run sends at least this many requests, so a kill before that interrupts it.</summary>
    private const int MinRequests = 16;

    /// <summary>The consistency window of the client, in seconds: the lag with a margin for a busy machine.</summary>
    private const double ConsistencyWindow = 1;

    private static readonly TimeSpan s_listLag = TimeSpan.FromMilliseconds(150);

    private readonly Random _random;
    private readonly SandboxServer _sandbox;
    private readonly string[] _ids;
    private readonly string _kind;
    private ProcessResult? _last;

    private KilledRun(int seed, SandboxServer sandbox)
    {
        _random = new Random(seed);
        _sandbox = sandbox;

        // Every second run is on promotions of Promotions Standard.
        _kind = seed % 2 == 0 ? "Standard" : "Rule";
        _ids = [.. Enumerable.Range(0, Promotions).Select(number =>
            (_kind == "Rule" ? sandbox.Store.AddPromotion($"P{number}") : sandbox.Store.AddStandardPromotion($"P{number}")).Id)];
    }

    public int Kills { get; private set; }

    public int Sessions { get; private set; }

    public static async Task<KilledRun> StartAsync(int seed, CancellationToken cancellationToken) => new(seed, await SandboxServer.StartAsync(
        Sandboxes.Roomy with
        {
            Seed = seed,
            BaseJobDuration = TimeSpan.FromMilliseconds(30),
            ListLag = s_listLag,
            Faults = [.. Faults()],
        },
        cancellationToken));

    /// <summary>Kills some sessions at random moments, then starts sessions until one succeeds.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int kills = _random.Next(1, MaxKills + 1);
        while (_last is not { ExitCode: 0 })
        {
            Assert.True(++Sessions <= MaxSessions, $"The run does not end: {_last?.Errors}");
            using ChildProcess session = StartSession();
            if (Kills < kills)
            {
                await KillAsync(session, cancellationToken);
            }

            _last = await session.WaitAsync(cancellationToken);
        }
    }

    public void AssertExact()
    {
        string all = string.Join(Environment.NewLine, _ids.SelectMany(_sandbox.Store.Jobs).Select(job => $"{job.PromotionId} {job.Spec.Name} {job.Status} {job.Generated}"));
        string[] stored = [.. _ids.Select(id => $"{id} {_sandbox.Store.Codes(id).Count} completed")];
        string[] reported = [.. _last!.Output.Order()];
        Assert.True(
            stored.Order().SequenceEqual(reported) && _ids.All(id => _sandbox.Store.Codes(id).Count == Codes),
            $"There are {string.Join(", ", stored)}, and the run reports {string.Join(", ", reported)}. {_last.Errors}{Environment.NewLine}{all}");
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private ChildProcess StartSession() => ChildProcess.StartScript(
        Path.Combine(RepositoryFolder.Root, "tests", "Unit", "EpPromo.ModuleTests", "Faults", "request.ps1"),
        _sandbox.EnvironmentVariables,
        [RepositoryFolder.Manifest, "killed", Text(Codes), Text(BatchSize), ConsistencyWindow.ToString(CultureInfo.InvariantCulture), _kind, .. _ids]);

    /// <summary>Kills a session after a random number of requests: while the store handles one, or shortly after.</summary>
    private async Task KillAsync(ChildProcess session, CancellationToken cancellationToken)
    {
        int atRequest = _sandbox.Requests.Count + _random.Next(2, MinRequests);
        while (_sandbox.Requests.Count < atRequest && !session.HasEnded)
        {
            await Task.Delay(1, cancellationToken);
        }

        await Task.Delay(_random.Next(0, 40), cancellationToken);
        if (!session.HasEnded)
        {
            session.Kill();
            Kills++;
        }
    }

    /// <summary>A fifth of the requests fails in the ways that networks and gateways fail; every response is delayed.</summary>
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

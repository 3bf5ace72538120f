using System.Globalization;
using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// Runs on a few promotions of one store, some of them by several concurrent runners of one name. Runners are killed and restart, jobs fail,
/// generate too few codes and are cancelled by other clients, which use the same promotions. Everything follows from the seed.
/// </summary>
internal sealed class RunScenario
{
    private const string Name = "bf26";
    private const int MaxProcesses = 6;
    private static readonly TimeSpan s_maxTime = TimeSpan.FromDays(7);

    private readonly SimulatedRandom _random;
    private readonly RunnerSetup _setup;

    /// <summary>Every fourth scenario is about promotions of Promotions Standard. The default of every second of these is the other unit.</summary>
    private readonly bool _isStandard;
    private readonly string _defaultConsumeUnit;
    private readonly List<CodeRunRequest> _requests = [];
    private readonly List<string> _promotionIds = [];
    private int _activeRunners;

    /// <summary>The scenario of a seed.</summary>
    /// <param name="seed">Determines everything that happens.</param>
    /// <param name="setup">A mutant, or null for the runner as it is.</param>
    public RunScenario(int seed, RunnerSetup? setup = null)
    {
        _random = new SimulatedRandom(seed);
        _setup = setup ?? new RunnerSetup();
        _isStandard = seed % 4 == 3;
        _defaultConsumeUnit = !_isStandard ? ConsumeUnits.PerCheckout : seed % 8 == 3 ? ConsumeUnits.PerCart : ConsumeUnits.PerItem;
        World = new SimulatedWorld(_random, s_maxTime);
        Server = new SimulatedServer(World, DrawBehaviour());
    }

    public SimulatedWorld World { get; }

    public SimulatedServer Server { get; }

    /// <summary>All sessions, in the order in which they started.</summary>
    public List<SessionRecord> Sessions { get; } = [];

    /// <summary>All processes of all runners.</summary>
    public List<RunnerProcess> Processes { get; } = [];

    /// <summary>How many jobs other clients have cancelled.</summary>
    public int CancelledByOthers { get; private set; }

    /// <summary>Runs the scenario to its end and checks the <see cref="RunInvariants"/>.</summary>
    public void Run()
    {
        World.Record("store", Server.Behaviour.ToString());

        // Without a prefix, only the times of its codes distinguish a job's codes from others, so no two jobs may seem to run at once.
        bool timesDistinguish = Server.Behaviour.CancellingBlocks && Server.Behaviour.JobSkew == TimeSpan.Zero;
        string? prefix = timesDistinguish ? _random.Pick(null, "summer", "summer-") : _random.Pick("summer", "summer-");
        CodeRunRequest request = DrawRequest(Name, prefix);
        for (int i = _random.Between(1, 4); i > 0; i--)
        {
            AddPromotion(request with { PromotionId = string.Create(CultureInfo.InvariantCulture, $"promo-{i}") });
        }

        int throttleLimit = _random.Between(1, 3);
        StartLater("runner1", _requests, throttleLimit, TimeSpan.Zero);
        if (_random.Chance(0.75))
        {
            StartLater("runner2", _requests, throttleLimit, _random.LogUniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(2)));
        }

        if (_random.Chance(0.2))
        {
            StartLater("runner3", _requests, throttleLimit, _random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)));
        }

        if (_random.Chance(0.2))
        {
            // Another run, whose name starts with the name of this one.
            CodeRunRequest other = DrawRequest(Name + " x", "winter");
            StartLater("other run", [other with { PromotionId = _promotionIds[0] }], 1, TimeSpan.FromSeconds(_random.Next(100)));
        }

        new OtherClients(World, Server, _promotionIds).Start(() => CancelledByOthers++);
        World.Run(() => _activeRunners == 0);
        World.Run(() => Server.IsIdle);
        new RunInvariants(this).Check();
    }

    private StoreBehaviour DrawBehaviour()
    {
        StoreBehaviour drawn = StoreBehaviour.Draw(_random);
        return drawn with
        {
            // A job's codes are found by the job's times, so all of these come from one clock.
            SingleClockPerJob = true,
            JobSkew = _random.Chance(0.5) ? drawn.JobSkew : TimeSpan.Zero,
            FaultsEnd = _random.LogUniform(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)),
            JobFailureChance = _random.Pick(0, 0.2),
            FailedJobsLeaveCodes = _random.Chance(0.3),
            CancelledJobsLeaveCodes = _random.Chance(0.3),
            ReportedCounts = _random.Pick(ReportedCounts.All, ReportedCounts.All, ReportedCounts.GeneratedOnly, ReportedCounts.None),
            ShortBatchChance = _random.Pick(0, 0.3),
            DefaultConsumeUnit = _defaultConsumeUnit,
            CodesLimit = _random.Chance(0.1) ? _random.Between(5, 30) : 100_000,
        };
    }

    private CodeRunRequest DrawRequest(string name, string? prefix)
    {
        int batchSize = _random.Between(1, 10);
        return new CodeRunRequest
        {
            PromotionId = "",
            Origin = new NamedStore("store", _isStandard ? nameof(PromotionKind.Standard) : nameof(PromotionKind.Rule)),
            Name = name,
            Count = _random.Between(1, 4 * batchSize),
            BatchSize = batchSize,
            CodePrefix = prefix,
            CodeLength = _random.Pick<int?>(null, 8, 16),
            MaxUsesPerCode = _random.Pick<int?>(null, 1),
            ConsumeUnit = _random.Pick(null, _isStandard ? ConsumeUnits.PerItem : ConsumeUnits.PerApplication),
            KeepSurplus = _random.Chance(0.1),
        };
    }

    private void AddPromotion(CodeRunRequest request)
    {
        string id = request.PromotionId;
        _requests.Add(request);
        _promotionIds.Add(id);
        Server.AddPromotion(id);
        if (_random.Chance(0.3))
        {
            foreach (string? name in new[] { Name, Name + " y 0001/0001", Name + "0001/0001", "ep-1" })
            {
                NewJob old = new() { JobType = JobTypes.Generate, Name = name, NumberOfCodes = 3, CodePrefix = request.CodePrefix };
                Server.AddFinished(id, old, TimeSpan.FromHours(1));
            }
        }
    }

    private void StartLater(string runner, IReadOnlyList<CodeRunRequest> requests, int throttleLimit, TimeSpan delay)
    {
        _activeRunners++;
        World.After(delay, () => Start(runner, requests, throttleLimit, processNumber: 1));
    }

    private void Start(string runner, IReadOnlyList<CodeRunRequest> requests, int throttleLimit, int processNumber)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{runner}.{processNumber}");
        SimulatedProcess process = new(World, name, _random.Between(TimeSpan.FromMinutes(-10), TimeSpan.FromMinutes(10)));
        RunnerProcess current = new(World, Server, process, _setup);
        Processes.Add(current);
        TimeSpan pause = _random.LogUniform(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(3));
        if (_random.Chance(0.5) && processNumber < MaxProcesses)
        {
            process.KillAfter((int)_random.LogUniform(TimeSpan.FromTicks(1), TimeSpan.FromTicks(3000)).Ticks);
            process.Killed = () => World.After(pause, () => Start(runner, requests, throttleLimit, processNumber + 1));
        }
        else if (_random.Chance(0.5) && processNumber < MaxProcesses)
        {
            // Killed at the worst moment: a create has been sent, and the next process may start before lists show its job.
            int creates = _random.Between(1, 4);
            current.CreateSent = () =>
            {
                if (--creates == 0)
                {
                    process.KillAfter(_random.Next(3));
                }
            };
            process.Killed = () => World.After(_random.LogUniform(TimeSpan.FromMilliseconds(10), pause), () => Start(runner, requests, throttleLimit, processNumber + 1));
        }

        process.Start(async () =>
        {
            await current.RunAsync(requests, throttleLimit, Sessions);
            if (Sessions.Where(session => session.Process == process).All(IsFinal))
            {
                _activeRunners--;
            }
            else
            {
                World.After(pause, () => Start(runner, requests, throttleLimit, processNumber + 1));
            }
        });
    }

    /// <summary>Whether nobody would repeat it: it has succeeded, or the promotion may have no more codes.</summary>
    private bool IsFinal(SessionRecord session) =>
        session.Succeeded || (session.Error?.ErrorId == nameof(SR.CodesLimitExceeded) && World.Elapsed > Server.Behaviour.FaultsEnd);
}

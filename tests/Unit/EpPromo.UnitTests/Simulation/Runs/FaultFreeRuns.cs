using System.Globalization;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>One runner on many promotions of a store without faults: what a run costs.</summary>
internal sealed class FaultFreeRuns
{
    private const int DefaultThrottleLimit = 16;

    private readonly SimulatedWorld _world;
    private readonly SimulatedServer _server;
    private readonly List<CodeRunRequest> _requests = [];

    /// <summary>Runs of the same number of codes on each promotion.</summary>
    /// <param name="promotions">The number of promotions.</param>
    /// <param name="count">The number of codes on each promotion.</param>
    /// <param name="isNameGenerated">Whether the runs have a generated name.</param>
    /// <param name="jobTime">How long each job takes; null for 4 to 6 seconds.</param>
    /// <param name="seed">Determines what is random: latencies, durations and the order of simultaneous events.</param>
    public FaultFreeRuns(int promotions, int count, bool isNameGenerated, TimeSpan? jobTime = null, int seed = 1)
    {
        _world = new SimulatedWorld(new SimulatedRandom(seed), TimeSpan.FromDays(100), maxSteps: int.MaxValue) { KeepsHistory = false };
        _server = new SimulatedServer(_world, new StoreBehaviour
        {
            Concurrency = 8,
            RequestsPerSecond = 25,
            ShortestJob = jobTime ?? TimeSpan.FromSeconds(4),
            LongestJob = jobTime ?? TimeSpan.FromSeconds(6),
            CodesLimit = count,
            Echo = ParameterEcho.AsSent,
        });
        for (int i = 1; i <= promotions; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"promo-{i}");
            _server.AddPromotion(id);
            _requests.Add(new CodeRunRequest { PromotionId = id, Name = "bf26", IsNameGenerated = isNameGenerated, Count = count });
        }
    }

    public List<SessionRecord> Sessions { get; } = [];

    public int Jobs => _server.Jobs.Count();

    /// <summary>How many requests were sent.</summary>
    public int Requests { get; private set; }

    public double RequestsPerThousandCodes => Requests / (_requests.Sum(request => (double)request.Count) / 1000);

    public TimeSpan Elapsed => _world.Elapsed;

    /// <summary>The time that no client can beat: that of the store's jobs, or that of the requests at the rate limit.</summary>
    public TimeSpan LowerBound
    {
        get
        {
            TimeSpan byJobs = _server.JobTime / _server.Behaviour.Concurrency;
            TimeSpan byRequests = TimeSpan.FromSeconds(Requests / _server.Behaviour.RequestsPerSecond);
            return byJobs > byRequests ? byJobs : byRequests;
        }
    }

    public FaultFreeRuns Run()
    {
        SimulatedProcess process = new(_world, "runner", TimeSpan.Zero);
        RunnerProcess runner = new(_world, _server, process, new RunnerSetup());
        process.Start(() => runner.RunAsync(_requests, DefaultThrottleLimit, Sessions));
        _world.Run(() => process.HasEnded);
        Requests = runner.Requests;
        return this;
    }
}

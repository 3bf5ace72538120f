using System.Globalization;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>One runner on many promotions of a store in which nothing goes wrong: what a run costs.</summary>
internal sealed class FaultFreeRuns
{
    private const int DefaultThrottleLimit = 16;

    private readonly SimulatedWorld _world =
        new(new SimulatedRandom(1), TimeSpan.FromDays(100), maxSteps: int.MaxValue) { KeepsHistory = false };

    private readonly SimulatedServer _server;
    private readonly List<CodeRunRequest> _requests = [];

    /// <summary>Runs of so many codes on so many promotions.</summary>
    /// <param name="promotions">How many promotions.</param>
    /// <param name="count">How many codes on each.</param>
    /// <param name="nameIsNew">Whether the runs have a generated name.</param>
    public FaultFreeRuns(int promotions, int count, bool nameIsNew)
    {
        _server = new SimulatedServer(_world, new StoreBehaviour
        {
            Concurrency = 8,
            RequestsPerSecond = 25,
            ShortestJob = TimeSpan.FromSeconds(4),
            LongestJob = TimeSpan.FromSeconds(6),
            CodesLimit = count,
            Echo = ParameterEcho.AsSent,
        });
        for (int i = 1; i <= promotions; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"promo-{i}");
            _server.AddPromotion(id);
            _requests.Add(new CodeRunRequest { PromotionId = id, Name = "bf26", IsNameGenerated = nameIsNew, Count = count });
        }
    }

    public List<SessionRecord> Sessions { get; } = [];

    public int Jobs => _server.Jobs.Count();

    /// <summary>How many requests were made.</summary>
    public int Requests { get; private set; }

    public double RequestsPerThousandCodes => Requests / (_requests.Sum(request => (double)request.Count) / 1000);

    public TimeSpan Elapsed => _world.Elapsed;

    /// <summary>No client could be faster: the store's jobs take their time, and so do the requests at its rate.</summary>
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

using System.Globalization;
using EpPromo.Jobs;
using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// One client that creates a job on each promotion of a store without faults and waits for all of them: how late it notices their ends, and
/// how many requests that takes.
/// </summary>
internal sealed class FaultFreeWaits
{
    /// <summary>How many jobs New-EpPromotionJob creates at a time.</summary>
    private const int Creates = 16;

    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(10), maxSteps: int.MaxValue);
    private readonly SimulatedServer _server;
    private readonly List<string> _promotions = [];

    /// <summary>Jobs that wait to be sent or for their end.</summary>
    /// <param name="jobs">The number of jobs, each on a promotion of its own.</param>
    /// <param name="behaviour">The store.</param>
    public FaultFreeWaits(int jobs, StoreBehaviour behaviour)
    {
        _server = new SimulatedServer(_world, behaviour with { SingleClockPerJob = true, LongestLatency = TimeSpan.FromMilliseconds(20) });
        for (int number = 1; number <= jobs; number++)
        {
            _promotions.Add(string.Create(CultureInfo.InvariantCulture, $"promo-{number}"));
            _server.AddPromotion(_promotions[^1]);
        }
    }

    /// <summary>How long after its end each job was noticed, the shortest first.</summary>
    public List<TimeSpan> Lateness { get; } = [];

    /// <summary>How many lists were read.</summary>
    public int Polls => _world.History.Count(line => line.Contains("-> list", StringComparison.Ordinal));

    public TimeSpan Elapsed => _world.Elapsed;

    /// <summary>How long the jobs take if the store is never idle.</summary>
    public TimeSpan LowerBound => _server.JobTime / _server.Behaviour.Concurrency;

    /// <summary>The lateness that a share of the jobs does not exceed.</summary>
    public TimeSpan LatenessOf(double share) => Lateness[(int)((Lateness.Count - 1) * share)];

    /// <summary>Gives each promotion jobs that have completed before, one after the other.</summary>
    public FaultFreeWaits WithHistory(int jobs)
    {
        foreach (string promotion in _promotions)
        {
            for (int number = jobs; number > 0; number--)
            {
                _server.AddFinished(promotion, NewJob($"earlier {number}"), TimeSpan.FromHours(number));
            }
        }

        return this;
    }

    public FaultFreeWaits Run()
    {
        SimulatedProcess process = new(_world, "client", TimeSpan.Zero);
        SimulatedApi store = new(_world, _server, process);
        process.Start(async () =>
        {
            await store.ConnectAsync();
            JobWaiter waiter = new(store, process.Clock, TimeSpan.FromSeconds(60), () => _server.Behaviour.RequestsPerSecond);
            using CancellationTokenSource end = new();
            Task polling = waiter.RunAsync(end.Token);
            Queue<string> left = new(_promotions);
            await Task.WhenAll(Enumerable.Range(0, Creates).Select(_ => CreateAsync(left)).ToList());
            end.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);

            async Task CreateAsync(Queue<string> left)
            {
                List<Task> waits = [];
                while (left.TryDequeue(out string? promotion))
                {
                    waits.Add(WaitAsync(await store.CreateJobAsync(promotion, NewJob("new"), CancellationToken.None)));
                }

                await Task.WhenAll(waits);
            }

            async Task WaitAsync(PromotionJob job)
            {
                PromotionJob ended = await waiter.WaitForAsync(job, CancellationToken.None);
                Lateness.Add(_world.Now - ended.UpdatedAt!.Value);
            }
        });
        _world.Run(() => process.HasEnded);
        Lateness.Sort();
        return this;
    }

    private static NewJob NewJob(string name) => new() { JobType = JobTypes.Generate, Name = name, NumberOfCodes = 100 };
}

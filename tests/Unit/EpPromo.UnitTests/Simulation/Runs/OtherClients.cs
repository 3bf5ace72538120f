using System.Globalization;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Other clients of the same promotions: they create jobs of their own, add codes and cancel jobs of others.</summary>
internal sealed class OtherClients
{
    private const string Prefix = "spring";

    private readonly SimulatedWorld _world;
    private readonly SimulatedServer _server;
    private readonly IReadOnlyList<string> _promotionIds;
    private readonly SimulatedRandom _random;

    public OtherClients(SimulatedWorld world, SimulatedServer server, IReadOnlyList<string> promotionIds)
    {
        _world = world;
        _server = server;
        _promotionIds = promotionIds;
        _random = world.Random;
    }

    /// <summary>Schedules what they do, at random times until faults end.</summary>
    /// <param name="cancelled">Called for each job that they cancel.</param>
    public void Start(Action cancelled)
    {
        for (int i = _random.Pick(0, 0, 1, 5, 20); i > 0; i--)
        {
            string promotionId = _promotionIds[_random.Next(_promotionIds.Count)];
            Action act = _random.Next(3) switch
            {
                0 => () => CreateJob(promotionId),
                1 => () => AddCode(promotionId),
                _ => () => CancelJob(promotionId, cancelled),
            };
            _world.After(_random.LogUniform(TimeSpan.FromSeconds(1), _server.Behaviour.FaultsEnd), act);
        }
    }

    private void CreateJob(string promotionId)
    {
        NewJob job = new()
        {
            JobType = JobTypes.Generate,
            Name = string.Create(CultureInfo.InvariantCulture, $"other {_random.Next(100)}"),
            NumberOfCodes = 7,
            CodePrefix = Prefix,
        };
        try
        {
            _server.Create(promotionId, job, 0, TimeSpan.MaxValue);
        }
        catch (ApiException error)
        {
            _world.Record("others", error.Message);
        }
    }

    /// <summary>Adds a code that its prefix or its time distinguishes from those of a running job.</summary>
    private void AddCode(string promotionId)
    {
        SimulatedPromotion promotion = _server.Promotion(promotionId);
        SimulatedJob? active = promotion.Jobs.Find(job => !job.Current.IsFinished);
        if (active is null || active.Request.CodePrefix is not null)
        {
            // If a job's clock is off, a code that was added just before or after it can seem to fall into its time.
            bool timeDistinguishes = active is null && _server.Behaviour.JobSkew == TimeSpan.Zero;
            promotion.Codes.Add(timeDistinguishes ? "summer" : Prefix, _world.Now, _world.Elapsed);
        }
    }

    private void CancelJob(string promotionId, Action cancelled)
    {
        SimulatedPromotion promotion = _server.Promotion(promotionId);
        if (promotion.Jobs.Find(job => !job.Current.IsFinished && !job.IsCancelling) is { } active)
        {
            _world.Record("others", $"cancel {active.Id}");
            _server.Cancel(promotionId, active.Id, 0);
            cancelled();
        }
    }
}

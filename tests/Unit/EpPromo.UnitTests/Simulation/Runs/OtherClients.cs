using System.Globalization;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Others who use the same promotions: they make jobs of their own, add codes and cancel jobs that they find.</summary>
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

    /// <summary>Has them do what they do, at any time until faults end.</summary>
    /// <param name="cancelled">Is told of each job that they cancel.</param>
    public void Begin(Action cancelled)
    {
        for (int i = _random.Pick(0, 0, 1, 5, 20); i > 0; i--)
        {
            string promotionId = _promotionIds[_random.Next(_promotionIds.Count)];
            Action act = _random.Next(3) switch
            {
                0 => () => MakeJob(promotionId),
                1 => () => AddCode(promotionId),
                _ => () => CancelJob(promotionId, cancelled),
            };
            _world.After(_random.LogUniform(TimeSpan.FromSeconds(1), _server.Behaviour.FaultsEnd), act);
        }
    }

    private void MakeJob(string promotionId)
    {
        NewJob job = new()
        {
            JobType = JobTypes.Generate,
            Name = string.Create(CultureInfo.InvariantCulture, $"theirs {_random.Next(100)}"),
            NumberOfCodes = 7,
            CodePrefix = Prefix,
        };
        try
        {
            _server.Create(promotionId, job, 0, TimeSpan.MaxValue);
        }
        catch (ApiException refused)
        {
            _world.Record("others", refused.Message);
        }
    }

    /// <summary>A code that can be told from those of a job at work: by its prefix, or by its time.</summary>
    private void AddCode(string promotionId)
    {
        SimulatedPromotion promotion = _server.Promotion(promotionId);
        SimulatedJob? active = promotion.Jobs.Find(job => !job.Current.IsFinished);
        if (active is null || active.Request.CodePrefix is not null)
        {
            // Where a job's clock is off, a code of the moment before or after can seem to be of its time.
            bool timeTells = active is null && _server.Behaviour.JobSkew == TimeSpan.Zero;
            promotion.Codes.Add(timeTells ? "summer" : Prefix, _world.Now, _world.Elapsed);
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

using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>What must hold when all runners have ended, whatever went wrong on the way.</summary>
internal sealed class RunInvariants
{
    private readonly RunScenario _scenario;
    private readonly SimulatedServer _server;

    public RunInvariants(RunScenario scenario)
    {
        _scenario = scenario;
        _server = scenario.Server;
    }

    public void Check()
    {
        foreach (Sitting sitting in _scenario.Sittings)
        {
            CheckSitting(sitting);
        }

        foreach (IGrouping<(string, string), Sitting> run in
            _scenario.Sittings.GroupBy(sitting => (sitting.Request.PromotionId, sitting.Request.Name)))
        {
            CheckRun([.. run]);
        }

        foreach (SimulatedPromotion promotion in _server.Promotions)
        {
            CheckOthers(promotion);
        }
    }

    private static void CheckSitting(Sitting sitting)
    {
        Require(sitting.Ended is not null || sitting.Process.IsKilled, sitting, "has not ended");
        if (sitting.Ended is null)
        {
            return;
        }

        Require(sitting.Run is not null, sitting, $"threw {sitting.Error?.Message}");
        CodeRun run = sitting.Run!;
        bool completed = run.Status == JobStatuses.Completed;
        Require(completed == sitting.EndedWell && completed == run.Error is null, sitting, $"is {run.Status} and says '{run.Error}'");
        bool wereMade = run.Generated is not { } said || said <= sitting.MadeByThen;
        Require(wereMade, sitting, $"says it has {run.Generated} codes, of {sitting.MadeByThen} that were made");
        if (completed)
        {
            bool fits = sitting.Request.KeepSurplus ? run.Generated >= run.Requested : run.Generated == run.Requested;
            Require(fits, sitting, $"is completed with {run.Generated} codes");
        }
        else
        {
            Require(run.Error == sitting.Error?.Message && run.Error is { Length: > 0 }, sitting, $"fails and says '{run.Error}'");
            Require(sitting.Error!.ErrorId != nameof(SR.RunDiffers), sitting, run.Error);
            bool isOwnWord = sitting.Error.ErrorId is nameof(SR.TooManyEmptyBatches) or nameof(SR.CodesLimitExceeded);
            Require(!isOwnWord || run.Generated < run.Requested, sitting, $"gives up with {run.Generated} codes");
        }
    }

    private void CheckRun(List<Sitting> sittings)
    {
        CodeRunRequest request = sittings[0].Request;
        int existing = RunTruth.Existing(_server, request);
        int made = RunTruth.Made(_server, request);
        Sitting last = sittings[^1];
        bool endedWell = sittings.Exists(sitting => sitting.EndedWell);
        if (endedWell && !request.KeepSurplus)
        {
            Require(existing == request.Count, last, $"left {existing} codes");
        }
        else
        {
            int leftByFailed = RunTruth.Jobs(_server, request)
                .Where(job => !JobStatuses.IsCompleted(job.Now.Status))
                .Sum(job => job.Made);
            bool fits = endedWell ? existing >= request.Count : made <= request.Count;
            Require(fits && existing >= made && existing <= made + leftByFailed, last, $"made {made} codes and left {existing}");
        }

        if (sittings.Count == 1)
        {
            // Nobody who did not know of the others: there is nothing to take back of what counts.
            Require(made <= request.Count, last, $"made {made} codes, to leave {existing}");
        }
    }

    private void CheckOthers(SimulatedPromotion promotion)
    {
        HashSet<string> ofRuns = [.. _scenario.Sittings
            .Where(sitting => sitting.Request.PromotionId == promotion.Id)
            .SelectMany(sitting => RunTruth.Jobs(_server, sitting.Request))
            .Select(job => job.Id)];
        HashSet<string> completed = [.. promotion.Jobs.Where(job => JobStatuses.IsCompleted(job.Now.Status)).Select(job => job.Id)];
        foreach (SimulatedCode code in promotion.Codes.All)
        {
            bool ofOthers = code.JobId is null || (completed.Contains(code.JobId) && !ofRuns.Contains(code.JobId));
            if (ofOthers && !code.Exists)
            {
                throw new SimulationException($"{code.Text} of {promotion.Id} was others', and was deleted.");
            }
        }
    }

    private static void Require(bool holds, Sitting sitting, string? problem)
    {
        if (!holds)
        {
            throw new SimulationException($"{sitting}: {problem}.");
        }
    }
}

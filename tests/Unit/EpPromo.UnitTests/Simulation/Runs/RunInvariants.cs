using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>What must hold when all runners have ended, whatever has failed.</summary>
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
        foreach (SessionRecord session in _scenario.Sessions)
        {
            CheckSession(session);
        }

        foreach (IGrouping<(string, string), SessionRecord> run in
            _scenario.Sessions.GroupBy(session => (session.Request.PromotionId, session.Request.Name)))
        {
            CheckRun([.. run]);
        }

        foreach (SimulatedPromotion promotion in _server.Promotions)
        {
            CheckOthers(promotion);
        }
    }

    private static void CheckSession(SessionRecord session)
    {
        Require(session.EndedAt is not null || session.Process.IsKilled, session, "has not ended");
        if (session.EndedAt is null)
        {
            return;
        }

        Require(session.Run is not null, session, $"threw {session.Error?.Message}");
        CodeRun run = session.Run!;
        bool completed = run.Status == JobStatuses.Completed;
        Require(completed == session.Succeeded && completed == run.Error is null, session, $"is {run.Status} with the error '{run.Error}'");
        bool wereGenerated = run.Generated is not { } reported || reported <= session.GeneratedWhenEnded;
        Require(wereGenerated, session, $"reports {run.Generated} codes of {session.GeneratedWhenEnded} that were generated");
        if (completed)
        {
            bool isExact = session.Request.KeepSurplus ? run.Generated >= run.Requested : run.Generated == run.Requested;
            Require(isExact, session, $"is completed with {run.Generated} codes");
        }
        else
        {
            Require(run.Error == session.Error?.Message && run.Error is { Length: > 0 }, session, $"failed with the error '{run.Error}'");
            Require(session.Error!.ErrorId != nameof(SR.RunDiffers), session, run.Error);
            bool isDecision = session.Error.ErrorId is nameof(SR.TooManyEmptyBatches) or nameof(SR.CodesLimitExceeded);
            Require(!isDecision || run.Generated < run.Requested, session, $"gave up with {run.Generated} codes");
        }
    }

    private void CheckRun(List<SessionRecord> sessions)
    {
        CodeRunRequest request = sessions[0].Request;
        int existing = RunGroundTruth.ExistingCodes(_server, request);
        int generated = RunGroundTruth.GeneratedCodes(_server, request);
        SessionRecord last = sessions[^1];
        bool succeeded = sessions.Exists(session => session.Succeeded);
        if (succeeded && !request.KeepSurplus)
        {
            Require(existing == request.Count, last, $"left {existing} codes");
        }
        else
        {
            int leftByFailed = RunGroundTruth.Jobs(_server, request)
                .Where(job => !JobStatuses.IsCompleted(job.Current.Status))
                .Sum(job => job.GeneratedCodes);
            bool isExact = succeeded ? existing >= request.Count : generated <= request.Count;
            Require(isExact && existing >= generated && existing <= generated + leftByFailed, last, $"generated {generated} codes and left {existing}");
        }

        if (sessions.Count == 1)
        {
            // A single session knows of all its jobs, so no surplus of completed jobs can arise.
            Require(generated <= request.Count, last, $"generated {generated} codes, to leave {existing}");
        }

        CheckInferred(last, succeeded);
    }

    /// <summary>What the jobs reveal of the request must not contradict it, and a run that misses codes must not seem to be complete.</summary>
    private void CheckInferred(SessionRecord session, bool succeeded)
    {
        RunJournal journal = new(session.Request);
        journal.Observe(RunGroundTruth.Jobs(_server, session.Request).Select(job => job.Current));
        if (journal.JobCount == 0)
        {
            return;
        }

        InferredRequest inferred = new(journal.Batches);
        int count = session.Request.Count;
        bool isInRange = !inferred.IsConsistent || (inferred.Count.Min <= count && count <= inferred.Count.Max);
        Require(isInRange, session, $"seems to be a request for {inferred.Count}");
        bool mayMiss = inferred.MaxCount is null || inferred.MayMiss(journal.Generated);
        Require(succeeded || mayMiss || journal.Missing <= 0, session, "seems to be complete");
    }

    private void CheckOthers(SimulatedPromotion promotion)
    {
        HashSet<string> ofRuns = [.. _scenario.Sessions
            .Where(session => session.Request.PromotionId == promotion.Id)
            .SelectMany(session => RunGroundTruth.Jobs(_server, session.Request))
            .Select(job => job.Id)];
        HashSet<string> completed = [.. promotion.Jobs.Where(job => JobStatuses.IsCompleted(job.Current.Status)).Select(job => job.Id)];
        foreach (SimulatedCode code in promotion.Codes.All)
        {
            bool isOthers = code.JobId is null || (completed.Contains(code.JobId) && !ofRuns.Contains(code.JobId));
            if (isOthers && !code.Exists)
            {
                throw new SimulationException($"{code.Text} of {promotion.Id} was another client's, and was deleted.");
            }
        }
    }

    private static void Require(bool holds, SessionRecord session, string? problem)
    {
        if (!holds)
        {
            throw new SimulationException($"{session}: {problem}.");
        }
    }
}

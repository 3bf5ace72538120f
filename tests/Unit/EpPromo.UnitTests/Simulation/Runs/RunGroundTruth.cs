using System.Text.RegularExpressions;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>What the store itself knows of a run, by the names of its jobs.</summary>
internal static class RunGroundTruth
{
    public static IEnumerable<SimulatedJob> Jobs(SimulatedServer server, CodeRunRequest request)
    {
        Regex name = new($"^{Regex.Escape(request.Name)} [0-9]{{4}}/[0-9]{{4}}$");
        return server.Promotion(request.PromotionId).Jobs.Where(job => name.IsMatch(job.Current.Name));
    }

    /// <summary>How many codes its completed jobs have generated.</summary>
    public static int GeneratedCodes(SimulatedServer server, CodeRunRequest request) => Jobs(server, request)
        .Where(job => JobStatuses.IsCompleted(job.Current.Status))
        .Sum(job => job.Current.Generated ?? 0);

    /// <summary>How many of its codes exist now.</summary>
    public static int ExistingCodes(SimulatedServer server, CodeRunRequest request)
    {
        HashSet<string> jobs = [.. Jobs(server, request).Select(job => job.Id)];
        return server.Promotion(request.PromotionId).Codes.All
            .Count(code => code.Exists && code.JobId is { } job && jobs.Contains(job));
    }
}

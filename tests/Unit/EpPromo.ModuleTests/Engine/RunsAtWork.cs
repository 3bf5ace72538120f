using EpPromo.Sandbox;

namespace EpPromo.ModuleTests;

/// <summary>What a run has in the store when it is broken off.</summary>
internal static class RunsAtWork
{
    public static string[] AddTwoPromotions(this SandboxServer sandbox) =>
        [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];

    public static bool HaveJobs(this SandboxServer sandbox, string[] ids) => ids.All(id => sandbox.Store.Jobs(id).Count == 1);

    /// <summary>Whether each promotion has a job, and a list was read since: by then the run knows of its jobs.</summary>
    public static bool AreWatched(this SandboxServer sandbox, string[] ids)
    {
        RecordedRequest[] requests = [.. sandbox.Requests.Where(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal))];
        int created = Array.FindLastIndex(requests, request => request.Method == "POST");
        return sandbox.HaveJobs(ids) && requests.Skip(created).Any(request => request.Method == "GET");
    }
}

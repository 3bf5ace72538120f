using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Servers;

/// <summary>Jobs of runs that have ended, in a sandbox.</summary>
internal static class RunBatches
{
    /// <summary>Adds a batch of a run, with its codes.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="name">The name of the job, such as <c>bf26 0001/0003</c>.</param>
    /// <param name="codes">How many codes were requested.</param>
    /// <param name="status">How the job ended.</param>
    /// <param name="prefix">The prefix of the codes.</param>
    /// <param name="minutesAgo">When the job was created.</param>
    public static SandboxJob AddBatch(
        this SandboxServer sandbox,
        string promotionId,
        string name,
        int codes,
        string status = "completed",
        string? prefix = null,
        double minutesAgo = 60) => sandbox.Store.AddFinishedJob(
            promotionId,
            new JobSpec { JobType = JobSpec.Generate, Name = name, NumberOfCodes = codes, CodePrefix = prefix },
            status,
            DateTimeOffset.UtcNow.AddMinutes(-minutesAgo),
            TimeSpan.FromSeconds(1));
}

using EpPromo.Runs;

namespace EpPromo.UnitTests.Runs;

/// <summary>A run, and jobs of it as a list shows them.</summary>
internal static class RunJobs
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly CodeRunRequest Request =
        new() { PromotionId = "p", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    /// <summary>A completed batch of the run.</summary>
    /// <param name="id">The id of its job.</param>
    /// <param name="number">Its number.</param>
    /// <param name="size">How many codes were requested.</param>
    /// <param name="minute">When the job was created, in minutes after <see cref="Start"/>; it ended before the next minute.</param>
    /// <param name="generated">How many codes it generated; by default as many as requested.</param>
    public static PromotionJob Completed(string id, int number, int size, int minute, int? generated = null) => new()
    {
        JobId = id,
        PromotionId = "p",
        JobType = JobTypes.Generate,
        Name = new BatchName(Request.Name, number, Request.Batches).ToString(),
        Status = JobStatuses.Completed,
        NumberOfCodes = size,
        Generated = generated ?? size,
        CodePrefix = Request.CodePrefix,
        CreatedAt = Start.AddMinutes(minute),
        UpdatedAt = Start.AddMinutes(minute + 0.9),
    };

    /// <summary>A batch of the run whose job has not ended.</summary>
    public static PromotionJob Active(string id, int number, int size, int minute) =>
        new PromotionJob(Completed(id, number, size, minute)) { Status = JobStatuses.Processing, Generated = null };
}

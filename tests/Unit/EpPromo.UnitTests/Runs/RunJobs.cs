using EpPromo.Runs;

namespace EpPromo.UnitTests.Runs;

/// <summary>Jobs of a run, as a list shows them.</summary>
internal static class RunJobs
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly CodeRunRequest Request =
        new() { PromotionId = "p", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    /// <summary>A completed batch of the run, which took from so many minutes after the start to the next minute.</summary>
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

    public static PromotionJob AtWork(string id, int number, int size, int minute) =>
        Completed(id, number, size, minute) with { Status = JobStatuses.Processing, Generated = null };
}

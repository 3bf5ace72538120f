using EpPromo.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>How many more codes a promotion has room for, from what jobs show.</summary>
public sealed class CodeRoomTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, true, 1000)]
    [InlineData(300, true, 700)]
    [InlineData(1000, true, 0)]
    [InlineData(2500, true, 0)]
    [InlineData(300, false, 0)]
    public void Without_a_failed_job_the_default_limit_holds_at_least(long codes, bool isExact, long min) =>
        Assert.Equal((min, null), Bounds(CodeRoom.Of(codes, isExact, [Job(1, 300)])));

    [Theory]
    [InlineData(120, 100, 0L, 99L)]
    [InlineData(1000, 50, 0L, 49L)]
    [InlineData(900, 500, 100L, 499L)]
    public void A_job_that_failed_at_the_limit_shows_how_much_there_is_at_most(int made, int failed, long min, long max)
    {
        CodeRoom room = CodeRoom.Of(made, true, [Job(1, made), Failed(2, failed)]);

        Assert.Equal((min, max), Bounds(room));
        Assert.Equal("j2", room.JobId);
    }

    [Fact]
    public void Codes_of_later_jobs_were_not_there_when_it_failed() =>
        Assert.Equal((0, 69), Bounds(CodeRoom.Of(150, true, [Job(1, 120), Failed(2, 100), Job(3, 30)])));

    [Fact]
    public void Codes_that_were_deleted_since_make_room() =>
        Assert.Equal((500, 599), Bounds(CodeRoom.Of(500, true, [Job(1, 1000), Failed(2, 100)])));

    [Fact]
    public void The_last_failed_job_counts() =>
        Assert.Equal((0, 9), Bounds(CodeRoom.Of(120, true, [Job(1, 120), Failed(3, 10), Failed(2, 100)])));

    [Fact]
    public void A_limit_that_is_exceeded_by_now_was_raised() =>
        Assert.Equal((0, null), Bounds(CodeRoom.Of(5120, true, [Job(1, 120), Failed(2, 100), Job(3, 5000)])));

    [Fact]
    public void Jobs_that_failed_for_another_reason_show_nothing() =>
        Assert.Equal((880, null), Bounds(CodeRoom.Of(120, true, [Job(1, 120), new PromotionJob(Failed(2, 100)) { Error = "internal error" }])));

    private static (long Min, long? Max) Bounds(CodeRoom room) => (room.Min, room.Max);

    private static PromotionJob Job(int minute, int codes) => new()
    {
        JobId = $"j{minute}",
        JobType = "code_generate",
        Status = "completed",
        NumberOfCodes = codes,
        Generated = codes,
        CreatedAt = s_start.AddMinutes(minute),
    };

    private static PromotionJob Failed(int minute, int codes) =>
        new(Job(minute, codes)) { Status = "failed", Generated = 0, Error = "codes limit exceeded" };
}

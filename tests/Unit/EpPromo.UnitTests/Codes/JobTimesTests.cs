using EpPromo.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>The times of many jobs decide as each job alone does.</summary>
public class JobTimesTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Many_jobs_decide_as_each_of_them_alone()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            PromotionJob[] jobs = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Job())];
            PromotionCode code = new(new ListedCode { CreatedAt = random.Next(20) == 0 ? null : Moment() });
            PromotionJob[] timed = [.. jobs.Where(job => job.CreatedAt is not null)];
            JobTimes times = new(jobs);

            Assert.Equal(
                code.CreatedAt is null || timed.Any(job => JobCodeFinder.CouldHaveGenerated(job, code)), times.CouldHaveGenerated(code));
            Assert.Equal(timed.Any(job => JobCodeFinder.IsAtBoundary(job, code)), times.IsAtBoundary(code));
        }

        PromotionJob Job()
        {
            DateTimeOffset created = Moment();
            return random.Next(10) == 0 ? new() : new() { CreatedAt = created, UpdatedAt = created.AddMilliseconds(random.Next(3000)) };
        }

        // A quarter of a second is the smallest unit, so that moments coincide; every fourth one is a whole second.
        DateTimeOffset Moment() => s_start.AddMilliseconds(250 * random.Next(24));
    }
}

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// What runs cost in a store without faults. Requests are counted and time is virtual, so the numbers are the same on every machine.
/// </summary>
public class LargeRunTests
{
    private const double MaxRequestsPerThousandCodes = 6;

    [Fact]
    public void A_thousand_promotions_get_a_hundred_batches_each()
    {
        FaultFreeRuns runs = new FaultFreeRuns(1000, 100_000, isNameGenerated: false).Run();

        Assert.Equal(100_000, runs.Jobs);
        Assert.All(runs.Sessions, session => Assert.Equal(100_000, session.Run?.Generated));
        Assert.All(runs.Sessions, session => Assert.True(session.Succeeded));
        Assert.InRange(runs.RequestsPerThousandCodes, 2, MaxRequestsPerThousandCodes);
    }

    /// <summary>The last batch of each run is half full, and a run with a given name reads its list once more at both ends.</summary>
    [Fact]
    public void A_thousand_codes_take_as_many_requests_on_few_promotions_as_on_many()
    {
        double few = Enumerable.Range(1, 10)
            .Average(seed => new FaultFreeRuns(10, 2500, isNameGenerated: false, seed: seed).Run().RequestsPerThousandCodes);
        double many = new FaultFreeRuns(1000, 2500, isNameGenerated: false).Run().RequestsPerThousandCodes;

        Assert.InRange(few, 2, MaxRequestsPerThousandCodes);
        Assert.InRange(many, 2, MaxRequestsPerThousandCodes);
        Assert.InRange(few / many, 0.8, 1.2);
    }

    [Fact]
    public void The_store_is_kept_busy_from_start_to_end()
    {
        FaultFreeRuns runs = new FaultFreeRuns(200, 2500, isNameGenerated: true).Run();

        Assert.InRange(runs.Elapsed / runs.LowerBound, 1, 1.02);
        Assert.InRange(runs.RequestsPerThousandCodes, 2, 3.9);
    }

    /// <summary>A create and a poll for each job are 2.4 requests for 1000 codes. With 3.1, six of ten jobs are polled once more.</summary>
    [Fact]
    public void Jobs_of_equal_length_are_seldom_polled_before_they_have_ended()
    {
        FaultFreeRuns runs = new FaultFreeRuns(200, 2500, isNameGenerated: true, TimeSpan.FromSeconds(5)).Run();

        Assert.InRange(runs.RequestsPerThousandCodes, 2.4, 3.1);
    }

    /// <summary>
    /// With more promotions than the limit, the last ones start late, and would be the only ones at the end. Jobs of equal length cannot be
    /// distributed evenly: of 20 promotions, the last four jobs keep only half of the store busy, which is 1.05 of the bound. How simultaneous
    /// events are ordered decides about the rest, so the mean of ten orders is judged.
    /// </summary>
    [Theory]
    [InlineData(20, 1.12)]
    [InlineData(33, 1.08)]
    public void A_few_promotions_more_than_the_limit_are_not_left_over_at_the_end(int promotions, double ratio)
    {
        double[] ratios =
        [
            .. from seed in Enumerable.Range(1, 10)
            let runs = new FaultFreeRuns(promotions, 2500, isNameGenerated: true, TimeSpan.FromSeconds(2), seed).Run()
            select runs.Elapsed / runs.LowerBound,
        ];

        Assert.InRange(ratios.Average(), 1, ratio);
    }
}

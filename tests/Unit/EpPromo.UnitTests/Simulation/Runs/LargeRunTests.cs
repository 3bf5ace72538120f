namespace EpPromo.UnitTests.Simulation;

/// <summary>Runs on many promotions, in virtual time.</summary>
public class LargeRunTests
{
    [Fact]
    public void A_thousand_promotions_get_a_hundred_batches_each()
    {
        CalmRuns runs = new CalmRuns(1000, 100_000, nameIsNew: false).Run();

        Assert.Equal(100_000, runs.Jobs);
        Assert.All(runs.Sittings, sitting => Assert.Equal(100_000, sitting.Run?.Generated));
        Assert.All(runs.Sittings, sitting => Assert.True(sitting.EndedWell));
        Assert.True(runs.RequestsPerThousandCodes <= 6, $"{runs.RequestsPerThousandCodes}");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void A_thousand_codes_take_six_requests_at_most(int promotions)
    {
        CalmRuns runs = new CalmRuns(promotions, 2500, nameIsNew: false).Run();

        Assert.True(runs.RequestsPerThousandCodes <= 6, $"{runs.RequestsPerThousandCodes}");
    }

    [Fact]
    public void The_store_is_kept_busy_to_the_end()
    {
        CalmRuns runs = new CalmRuns(200, 2500, nameIsNew: true).Run();

        double ratio = runs.Elapsed / runs.LowerBound;
        Assert.True(ratio <= 1.10, $"{runs.Elapsed} is {ratio} of {runs.LowerBound} with {runs.RequestsPerThousandCodes} requests");
    }
}

namespace EpPromo.UnitTests.Simulation;

/// <summary>The file of a job has exactly the codes that the job has generated, whatever else the promotion has.</summary>
public sealed class JobFileTests
{
    private const int DefaultSeeds = 2000;

    [Fact]
    public void The_file_has_exactly_the_codes_of_the_job_or_is_not_written()
    {
        int count = 0;
        int fromFile = 0;
        int withSimilar = 0;
        int unclear = 0;
        foreach (int seed in Seeds.Selected(DefaultSeeds))
        {
            JobFileScenario scenario = new(seed);
            Seeds.Run(seed, scenario.World, () => Check(scenario));
            count++;
            fromFile += scenario.Store.CodePages == 0 ? 1 : 0;
            withSimilar += scenario.HasSimilar ? 1 : 0;
            unclear += scenario.Error is null ? 0 : 1;
        }

        string summary = $"{count} exports: {withSimilar} beside similar codes, {fromFile} without the list of codes, {unclear} unclear";
        TestContext.Current.SendDiagnosticMessage(summary);
        Assert.True(withSimilar > count / 2 && fromFile > count / 4 && unclear < count / 5, summary);
    }

    private static void Check(JobFileScenario scenario)
    {
        scenario.Run();
        if (scenario.Error is { } error)
        {
            Assert.Equal(nameof(SR.CodesUnclear), error.ErrorId);
            Assert.True(scenario.IsAmbiguous, error.Message);
            Assert.Empty(scenario.Written);
        }
        else
        {
            Assert.Equal(scenario.Own.Order(StringComparer.Ordinal), scenario.Written.Order(StringComparer.Ordinal));
        }
    }
}

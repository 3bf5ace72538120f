namespace EpPromo.UnitTests.Simulation;

/// <summary>A run that has ended, and is asked for again.</summary>
public class GoingOnTests
{
    private static readonly CodeRunRequest Request =
        new() { PromotionId = "promo-1", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedServer _server;

    public GoingOnTests()
    {
        _server = new SimulatedServer(_world, new StoreBehaviour { Echo = ParameterEcho.AsSent, LagChance = 0.5 });
        _server.AddPromotion(Request.PromotionId);
        Assert.True(Sit(Request).EndedWell);
    }

    [Fact]
    public void Nothing_is_made_twice()
    {
        Sitting again = Sit(Request);

        Assert.Equal(25, again.Run?.Generated);
        Assert.Equal(3, RunTruth.Jobs(_server, Request).Count());
        Assert.Equal(25, RunTruth.Existing(_server, Request));
    }

    [Fact]
    public void A_name_in_other_letters_is_the_same_run()
    {
        Sitting again = Sit(Request with { Name = "BF26" });

        Assert.Equal(25, again.Run?.Generated);
        Assert.Equal(25, RunTruth.Existing(_server, Request));
        Assert.Empty(RunTruth.Jobs(_server, Request with { Name = "BF26" }));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(26)]
    public void Another_count_is_refused_and_nothing_is_made_or_deleted(int count)
    {
        Sitting other = Sit(Request with { Count = count });

        Assert.Equal(nameof(SR.RunDiffers), other.Error?.ErrorId);
        Assert.Contains("-Count", other.Run!.Error, StringComparison.Ordinal);
        Assert.Equal(3, RunTruth.Jobs(_server, Request).Count());
        Assert.Equal(25, RunTruth.Existing(_server, Request));
    }

    [Fact]
    public void Another_name_is_another_run()
    {
        CodeRunRequest other = Request with { Name = "bf26 x", Count = 3 };

        Assert.True(Sit(other).EndedWell);
        Assert.Equal(3, RunTruth.Existing(_server, other));
        Assert.Equal(25, RunTruth.Existing(_server, Request));
    }

    private Sitting Sit(CodeRunRequest request)
    {
        List<Sitting> sittings = [];
        SimulatedProcess process = new(_world, "runner", TimeSpan.Zero);
        process.Start(() => new RunnerProcess(_world, _server, process, new RunnerBuild()).RunAsync([request], 1, sittings));
        _world.Run(() => process.HasEnded);
        return Assert.Single(sittings);
    }
}

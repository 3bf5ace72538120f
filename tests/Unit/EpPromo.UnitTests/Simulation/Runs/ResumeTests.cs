using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A run that has ended, and is asked for again.</summary>
public class ResumeTests
{
    private static readonly CodeRunRequest Request =
        new() { PromotionId = "promo-1", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedServer _server;

    public ResumeTests()
    {
        _server = new SimulatedServer(_world, new StoreBehaviour { Echo = ParameterEcho.AsSent, LagChance = 0.5 });
        _server.AddPromotion(Request.PromotionId);
        Assert.True(Execute(Request).Succeeded);
    }

    [Fact]
    public void Nothing_is_made_twice()
    {
        SessionRecord again = Execute(Request);

        Assert.Equal(25, again.Run?.Generated);
        Assert.Equal(3, RunGroundTruth.Jobs(_server, Request).Count());
        Assert.Equal(25, RunGroundTruth.Existing(_server, Request));
    }

    /// <summary>By then another runner can have sent nothing that the list does not show (docs/guarantees.md).</summary>
    [Fact]
    public void A_run_that_was_finished_long_ago_is_known_as_finished_at_once()
    {
        Pause(TimeSpan.FromMinutes(8));
        TimeSpan began = _world.Elapsed;

        Assert.Equal(25, Execute(Request).Run?.Generated);
        Assert.InRange(_world.Elapsed - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void One_that_was_finished_just_now_is_looked_at_once_more_when_the_lists_have_had_their_time()
    {
        TimeSpan began = _world.Elapsed;

        Assert.Equal(25, Execute(Request).Run?.Generated);
        Assert.InRange(_world.Elapsed - began, _server.Behaviour.ConsistencyWindow, TimeSpan.FromSeconds(65));
    }

    [Fact]
    public void A_name_in_other_letters_is_the_same_run()
    {
        SessionRecord again = Execute(Request with { Name = "BF26" });

        Assert.Equal(25, again.Run?.Generated);
        Assert.Equal(25, RunGroundTruth.Existing(_server, Request));
        Assert.Empty(RunGroundTruth.Jobs(_server, Request with { Name = "BF26" }));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(26)]
    public void Another_count_is_refused_and_nothing_is_made_or_deleted(int count)
    {
        Pause(TimeSpan.FromSeconds(10));
        TimeSpan began = _world.Elapsed;

        SessionRecord other = Execute(Request with { Count = count });

        Assert.InRange(_world.Elapsed - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        Assert.Equal(nameof(SR.RunDiffers), other.Error?.ErrorId);
        Assert.Contains("-Count", other.Run!.Error, StringComparison.Ordinal);
        Assert.Equal(3, RunGroundTruth.Jobs(_server, Request).Count());
        Assert.Equal(25, RunGroundTruth.Existing(_server, Request));
    }

    [Fact]
    public void Another_name_is_another_run()
    {
        CodeRunRequest other = Request with { Name = "bf26 x", Count = 3 };

        Assert.True(Execute(other).Succeeded);
        Assert.Equal(3, RunGroundTruth.Existing(_server, other));
        Assert.Equal(25, RunGroundTruth.Existing(_server, Request));
    }

    /// <summary>Nobody can go on after such a number, and none below it is missing.</summary>
    [Theory]
    [InlineData("bf26 2147483647/0001")]
    [InlineData("bf26 9999/0001")]
    [InlineData("bf26 0000/0001")]
    public void A_job_of_others_that_only_looks_like_a_batch_is_ignored(string name)
    {
        CodeRunRequest request = Request with { PromotionId = "promo-2", Count = 3, CodePrefix = null };
        _server.AddPromotion(request.PromotionId);
        NewJob others = new() { JobType = JobTypes.Generate, Name = name, NumberOfCodes = 3, CodePrefix = "theirs" };
        _server.AddFinished(request.PromotionId, others, TimeSpan.FromHours(1));

        Assert.Equal(3, Execute(request).Run?.Generated);
        Assert.Equal("bf26 0001/0001", _server.Promotion(request.PromotionId).Jobs[^1].Current.Name);
        Assert.Equal(6, _server.Promotion(request.PromotionId).Codes.All.Count(code => code.Exists));
    }

    [Fact]
    public void A_run_whose_numbers_are_used_up_says_so_and_makes_nothing()
    {
        CodeRunRequest request = Request with { PromotionId = "promo-2", Name = "bf[26]", Count = 3, BatchSize = 2 };
        _server.AddPromotion(request.PromotionId);
        _server.AddFinished(request.PromotionId, request.Batch(5002, 2), TimeSpan.FromHours(1));

        EpPromoException? error = Execute(request).Error;

        Assert.Equal(nameof(SR.TooManyJobsInRun), error?.ErrorId);
        Assert.Contains("-Name 'bf`[26`] *'", error?.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(_server.Promotion(request.PromotionId).Jobs);
    }

    [Fact]
    public void A_run_with_a_job_that_tells_no_number_says_so_and_makes_nothing()
    {
        CodeRunRequest request = Request with { PromotionId = "promo-2", Count = 3 };
        _server.AddPromotion(request.PromotionId);
        _server.AddFinished(request.PromotionId, request.Batch(1, 3), TimeSpan.FromHours(1));
        SimulatedJob job = Assert.Single(_server.Promotion(request.PromotionId).Jobs);
        job.AddState(job.Current with { Generated = null, NumberOfCodes = null }, TimeSpan.Zero);

        Assert.Equal(nameof(SR.CodeCountUnknown), Execute(request).Error?.ErrorId);
        Assert.Single(_server.Promotion(request.PromotionId).Jobs);
    }

    private void Pause(TimeSpan time)
    {
        bool isOver = false;
        _world.After(time, () => isOver = true);
        _world.Run(() => isOver);
    }

    private SessionRecord Execute(CodeRunRequest request)
    {
        List<SessionRecord> sessions = [];
        SimulatedProcess process = new(_world, "runner", TimeSpan.Zero);
        process.Start(() => new RunnerProcess(_world, _server, process, new RunnerSetup()).RunAsync([request], 1, sessions));
        _world.Run(() => process.HasEnded);
        return Assert.Single(sessions);
    }
}

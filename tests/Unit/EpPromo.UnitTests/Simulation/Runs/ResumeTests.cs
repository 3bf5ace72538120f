using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A run that has ended, and is repeated.</summary>
public class ResumeTests
{
    private static readonly CodeRunRequest s_request =
        new() { PromotionId = "promo-1", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedServer _server;

    public ResumeTests()
    {
        _server = new SimulatedServer(_world, new StoreBehaviour { Echo = ParameterEcho.AsSent, LagChance = 0.5 });
        _server.AddPromotion(s_request.PromotionId);
        Assert.True(Execute(s_request).Succeeded);
    }

    [Fact]
    public void A_completed_run_makes_no_more_codes()
    {
        SessionRecord again = Execute(s_request);

        Assert.Equal(25, again.Run?.Generated);
        Assert.Equal(3, RunGroundTruth.Jobs(_server, s_request).Count());
        Assert.Equal(25, RunGroundTruth.ExistingCodes(_server, s_request));
    }

    /// <summary>By then, the list shows everything that another runner can have sent (docs/guarantees.md).</summary>
    [Fact]
    public void A_run_that_was_completed_long_ago_ends_at_once()
    {
        Pause(TimeSpan.FromMinutes(8));
        TimeSpan start = _world.Elapsed;

        Assert.Equal(25, Execute(s_request).Run?.Generated);
        Assert.InRange(_world.Elapsed - start, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_run_that_was_completed_just_now_is_checked_again_after_the_consistency_window()
    {
        TimeSpan start = _world.Elapsed;

        Assert.Equal(25, Execute(s_request).Run?.Generated);
        Assert.InRange(_world.Elapsed - start, _server.Behaviour.ConsistencyWindow, TimeSpan.FromSeconds(65));
    }

    [Fact]
    public void Names_of_runs_are_case_insensitive()
    {
        SessionRecord again = Execute(s_request with { Name = "BF26" });

        Assert.Equal(25, again.Run?.Generated);
        Assert.Equal(25, RunGroundTruth.ExistingCodes(_server, s_request));
        Assert.Empty(RunGroundTruth.Jobs(_server, s_request with { Name = "BF26" }));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(26)]
    public void Another_count_is_rejected_and_nothing_is_created_or_deleted(int count)
    {
        Pause(TimeSpan.FromSeconds(10));
        TimeSpan start = _world.Elapsed;

        SessionRecord other = Execute(s_request with { Count = count });

        Assert.InRange(_world.Elapsed - start, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        Assert.Equal(nameof(SR.RunDiffers), other.Error?.ErrorId);
        Assert.Contains("-Count", other.Run!.Error, StringComparison.Ordinal);
        Assert.Equal(3, RunGroundTruth.Jobs(_server, s_request).Count());
        Assert.Equal(25, RunGroundTruth.ExistingCodes(_server, s_request));
    }

    [Fact]
    public void Another_name_is_another_run()
    {
        CodeRunRequest other = s_request with { Name = "bf26 x", Count = 3 };

        Assert.True(Execute(other).Succeeded);
        Assert.Equal(3, RunGroundTruth.ExistingCodes(_server, other));
        Assert.Equal(25, RunGroundTruth.ExistingCodes(_server, s_request));
    }

    /// <summary>No run can have created such a number: numbers count up from 1, to at most 5000 more than the plan.</summary>
    [Theory]
    [InlineData("bf26 2147483647/0001")]
    [InlineData("bf26 9999/0001")]
    [InlineData("bf26 0000/0001")]
    public void Another_clients_job_that_only_looks_like_a_batch_is_ignored(string name)
    {
        CodeRunRequest request = s_request with { PromotionId = "promo-2", Count = 3, CodePrefix = null };
        _server.AddPromotion(request.PromotionId);
        NewJob otherJob = new() { JobType = JobTypes.Generate, Name = name, NumberOfCodes = 3, CodePrefix = "other" };
        _server.AddFinished(request.PromotionId, otherJob, TimeSpan.FromHours(1));

        Assert.Equal(3, Execute(request).Run?.Generated);
        Assert.Equal("bf26 0001/0001", _server.Promotion(request.PromotionId).Jobs[^1].Current.Name);
        Assert.Equal(6, _server.Promotion(request.PromotionId).Codes.All.Count(code => code.Exists));
    }

    [Fact]
    public void A_run_whose_numbers_are_used_up_is_an_error_and_creates_nothing()
    {
        CodeRunRequest request = s_request with { PromotionId = "promo-2", Name = "bf[26]", Count = 3, BatchSize = 2 };
        _server.AddPromotion(request.PromotionId);
        _server.AddFinished(request.PromotionId, request.Batch(5002, 2), TimeSpan.FromHours(1));

        EpPromoException? error = Execute(request).Error;

        Assert.Equal(nameof(SR.TooManyJobsInRun), error?.ErrorId);
        Assert.Contains("-Name 'bf`[26`] *'", error?.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(_server.Promotion(request.PromotionId).Jobs);
    }

    [Fact]
    public void A_run_with_a_completed_job_without_counts_is_an_error_and_creates_nothing()
    {
        CodeRunRequest request = s_request with { PromotionId = "promo-2", Count = 3 };
        _server.AddPromotion(request.PromotionId);
        _server.AddFinished(request.PromotionId, request.Batch(1, 3), TimeSpan.FromHours(1));
        SimulatedJob job = Assert.Single(_server.Promotion(request.PromotionId).Jobs);
        job.AddState(new PromotionJob(job.Current) { Generated = null, NumberOfCodes = null }, TimeSpan.Zero);

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

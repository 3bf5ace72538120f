using EpPromo.Runs.Execution;
using EpPromo.Runs.Progress;

using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Progress;

/// <summary>What a progress bar, and the error of a run that did not end in time, say of its state.</summary>
public class RunStatusTextTests
{
    private readonly RunState _run = new(Request, Start);

    [Fact]
    public void Each_phase_but_the_first_has_a_text_of_its_own()
    {
        List<string> texts = [];
        foreach (RunPhase phase in Enum.GetValues<RunPhase>())
        {
            _run.Enter(phase);
            texts.Add(RunStatusText.ForProgress(_run));
        }

        Assert.Equal("", texts[(int)RunPhase.Pending]);
        Assert.DoesNotContain("", texts.Skip(1));
        Assert.Equal(texts.Count, texts.Distinct().Count());
    }

    [Fact]
    public void While_a_run_waits_for_a_job_the_text_is_the_name_of_the_job()
    {
        _run.EnterWaitingFor(Active("b", 2, 10, 1));

        Assert.Equal("waiting for job 2 of 3", RunStatusText.ForProgress(_run));
    }

    [Fact]
    public void The_text_for_a_timeout_says_how_far_the_run_got()
    {
        Assert.Equal(SR.DetailRunNotStarted, RunStatusText.ForTimeout(_run));

        _run.Enter(RunPhase.FindingJobs);
        Assert.Equal(SR.DetailCodesNotCounted, RunStatusText.ForTimeout(_run));

        _run.CountExisting(10);
        Assert.StartsWith("it has 10 of 25 codes, ", RunStatusText.ForTimeout(_run), StringComparison.Ordinal);

        _run.Complete(25);
        Assert.Equal("it has generated 25 codes, but the file was not written.", RunStatusText.ForTimeout(_run));
    }
}

using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>Stop-EpPromotionJob asks for confirmation first, because it may delete codes.</summary>
public sealed class StopJobTests
{
    [Theory]
    [InlineData("", "Yes", "cancelled")]
    [InlineData("", "No", "processing")]
    [InlineData("-Force -Confirm", "No", "processing")]
    [InlineData("-Force -Confirm", "Yes", "cancelled")]
    public async Task It_asks_for_confirmation_and_obeys_the_answer(string options, string answer, string status)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(100);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        RunResult job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5", id).ThrowIfFailed();
        int before = sandbox.Requests.Count;
        host.Answers.Enqueue(answer);

        RunResult stopped = session.Run($"$args[0] | Stop-EpPromotionJob -Wait {options}", job.Output[0]).ThrowIfFailed();

        string question = Assert.Single(host.Questions);
        Assert.Contains("Cancel the job; the store may delete the codes that it generated", question, StringComparison.Ordinal);
        Assert.Contains($"Job {job.Values("JobId")[0]} of promotion {id}", question, StringComparison.Ordinal);
        Assert.Equal(status, sandbox.Store.Jobs(id).Single().Status);
        Assert.Equal(answer == "No", before == sandbox.Requests.Count);
        Assert.Equal(answer == "No" ? [] : [status], stopped.Values("Status"));
    }

    [Theory]
    [InlineData("-Force")]
    [InlineData("-Confirm:$false")]
    public async Task It_does_not_ask_when_told_not_to(string options)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(100);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run($"New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5 | Stop-EpPromotionJob -Wait {options}", id).ThrowIfFailed();

        Assert.Empty(host.Questions);
        Assert.Equal("cancelled", sandbox.Store.Jobs(id).Single().Status);
    }
}

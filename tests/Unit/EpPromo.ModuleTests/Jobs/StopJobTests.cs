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
        RunResult job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5 -Name 'bf26 a'", id).ThrowIfFailed();
        int before = sandbox.Requests.Count;
        host.Answers.Enqueue(answer);

        RunResult stopped = session.Run($"$args[0] | Stop-EpPromotionJob -Wait {options}", job.Output[0]).ThrowIfFailed();

        string question = Assert.Single(host.Questions);
        Assert.Contains("Cancel the job for 5 codes; the store may delete those that it has generated", question, StringComparison.Ordinal);
        Assert.Contains($"Job 'bf26 a' ({job.Values("JobId")[0]}) of promotion 'One'", question, StringComparison.Ordinal);
        Assert.Equal(status, sandbox.Store.Jobs(id).Single().Status);
        Assert.Equal(answer == "No", before == sandbox.Requests.Count);
        Assert.Equal(answer == "No" ? [] : [status], stopped.Values("Status"));
    }

    /// <summary>What a job is cannot be seen from its id, so it is read before the question, and only then.</summary>
    [Theory]
    [InlineData("code_generate", "Cancel the job for 5 codes; the store may delete those that it has generated")]
    [InlineData("code_export", "Cancel the job")]
    public async Task The_question_about_an_id_names_promotion_job_and_number_of_codes(string type, string action)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        RecordingHost host = new(300);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        string parameters = type == "code_export" ? "-Export" : "-NumberOfCodes 5";
        string job = session.Run($"New-EpPromotionJob -Promotion $args[0] -Name 'bf26 a' {parameters}", id).ThrowIfFailed().Values("JobId").Single()!;
        host.Answers.Enqueue("No");

        session.Run("Stop-EpPromotionJob -Promotion 'summer sale' -JobId $args[0]; Stop-EpPromotionJob -PromotionId $args[1] -JobId $args[0] -WhatIf", job, id).ThrowIfFailed();

        string target = $"Job 'bf26 a' ({job}) of promotion 'Summer Sale'";
        string question = Assert.Single(host.Questions);
        Assert.Contains($"\"{action}\" on target \"{target}\"", question, StringComparison.Ordinal);
        Assert.Contains($"\"{action}\" on target \"{target}\"", host.Screen, StringComparison.Ordinal);
        Assert.Single(sandbox.Writes());
    }

    [Fact]
    public async Task A_job_that_does_not_exist_is_not_asked_about()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(100);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        RunResult stopped = session.Run("Stop-EpPromotionJob -PromotionId $args[0] -JobId nothing", id);

        Assert.StartsWith("JobNotFound,", Assert.Single(stopped.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(host.Questions);
    }

    /// <summary>Nobody would see what the job is, so it is not read.</summary>
    [Theory]
    [InlineData("-Force")]
    [InlineData("-Confirm:$false")]
    [InlineData("; $ConfirmPreference = 'High'")]
    public async Task A_job_given_by_its_id_is_cancelled_with_one_request_if_nobody_is_asked(string options)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));
        string job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5", id).ThrowIfFailed().Values("JobId").Single()!;
        int before = sandbox.Requests.Count;

        session.Run($"$ConfirmPreference = 'None'; Stop-EpPromotionJob -PromotionId $args[0] -JobId $args[1] {options}", id, job).ThrowIfFailed();

        Assert.EndsWith("/cancel", Assert.Single(sandbox.Requests.Skip(before)).PathAndQuery, StringComparison.Ordinal);
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

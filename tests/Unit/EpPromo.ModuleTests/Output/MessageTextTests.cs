using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Output;

/// <summary>Messages name the promotion and the job that they are about, and their numbers agree with the nouns.</summary>
public sealed class MessageTextTests
{
    [Theory]
    [InlineData("New-EpPromotionJob -Promotion $automatic 1", "AutomaticPromotion", "Promotion 'Two' ($automatic) is automatic")]
    [InlineData("New-EpPromotionJob -Promotion $automatic, $id 1", "AutomaticPromotion", "Promotion 'Two' ($automatic) is automatic")]
    [InlineData("Request-EpPromotionCode -Promotion $automatic 1", "AutomaticPromotion", "Promotion 'Two' ($automatic) is automatic")]
    [InlineData("Stop-EpPromotionJob -PromotionId $id -JobId $job -Force", "JobNotCancellable", "Job $job of promotion 'One' ($id) has already ended")]
    [InlineData("New-TestJob @{ PromotionId = $id; JobId = $job; JobType = 'code_export'; Status = 'completed' } | Receive-EpPromotionJob", "JobHasNoFile", "Job $job of promotion 'One' ($id) has no file")]
    public async Task An_error_names_its_promotion_and_job(string command, string errorId, string message)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        string automatic = sandbox.Store.AddPromotion("Two", automatic: true).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string job = session.Run("$global:id, $global:automatic = $args; ($global:job = (New-EpPromotionJob -Promotion $id 1 | Wait-EpPromotionJob).JobId)", id, automatic)
            .ThrowIfFailed().Output.Single().ToString();

        session.Run(TestJob.Functions).ThrowIfFailed();

        ErrorRecord error = session.Run(command).Errors.Single();

        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId);
        Assert.StartsWith(
            message.Replace("$automatic", automatic, StringComparison.Ordinal).Replace("$id", id, StringComparison.Ordinal).Replace("$job", job, StringComparison.Ordinal),
            error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("{", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_code_is_singular()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("New-EpPromotionJob -Promotion $args[0] 1 -WhatIf; Request-EpPromotionCode -Promotion $args[0] 1 -WhatIf", id).ThrowIfFailed();
        RunResult run = session.Run("Request-EpPromotionCode -Promotion $args[0] 1", id).ThrowIfFailed();

        Assert.Contains("a job for 1 code\"", host.Screen, StringComparison.Ordinal);
        Assert.Contains("Generate 1 code in 1 job", host.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("1 codes", host.Screen + string.Join('|', run.Progress), StringComparison.Ordinal);
    }
}

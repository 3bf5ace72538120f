using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>samples/runbooks/notify/Invoke-Runbook.ps1: the result of a runbook goes to a webhook, and stays what it is.</summary>
public sealed class NotifyingRunbookTests
{
    [Fact]
    public async Task A_failed_run_is_posted_with_its_errors_and_fails()
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync("0", 503);
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Large & Co");
        sandbox.Store.AddPromotion("Small & Co", codesLimit: 1);
        using RunbookMachine machine = new(sandbox);

        ProcessResult run = await RunAsync(machine, webhook, "-Promotion", "* & Co", "-Name", "bf26", "-Count", "5", "-ConsistencyWindow", "00:00:01");

        Assert.True(run.ExitCode == 1, run.Text);
        Assert.Contains("Large & Co: 5 of 5 codes, completed", run.Output);
        Assert.Contains("reached", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, webhook.Messages.Count);
        string[] lines = Lines(webhook);
        Assert.StartsWith("❌ Request-PromotionCode failed with exit code 1 on ", lines[0], StringComparison.Ordinal);
        Assert.Contains(": 1 of 2 promotions have their codes.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("Promotion 'Small &amp; Co'", lines[2], StringComparison.Ordinal);
        Assert.Contains("Large &amp; Co: 5 of 5 codes, completed", lines);
        Assert.DoesNotContain(lines, line => line.Contains('~', StringComparison.Ordinal));
        Assert.DoesNotContain(WebhookServer.Secret, run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 404 }, "The result was not posted. The webhook did not take the message: status 404")]
    [InlineData(new[] { 500, 500, 500, 500 }, "The result was not posted. The webhook did not take the message: status 500, after 4 attempts.")]
    public async Task A_run_that_succeeded_stays_so_without_a_message(int[] statuses, string message)
    {
        await using WebhookServer webhook = await WebhookServer.StartAsync("0", statuses);
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");
        using RunbookMachine machine = new(sandbox);

        ProcessResult run = await RunAsync(machine, webhook, "-Promotion", "Summer*", "-Name", "bf26", "-Count", "5", "-ConsistencyWindow", "00:00:01");

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains("Summer Sale: 5 of 5 codes, completed", run.Output);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Equal(statuses.Length, webhook.Messages.Count);
        Assert.DoesNotContain(WebhookServer.Secret, run.Text, StringComparison.Ordinal);
    }

    private static Task<ProcessResult> RunAsync(RunbookMachine machine, WebhookServer webhook, params string[] arguments)
    {
        machine.Variables["EPPROMO_WEBHOOK"] = webhook.Address;
        machine.Variables["EPPROMO_WEBHOOK_FORMAT"] = "Slack";
        return machine.RunInAsync(
            RunbookMachine.Samples, "pwsh", ["-NoProfile", "-NonInteractive", "-File", "notify/Invoke-Runbook.ps1", "./Request-PromotionCode.ps1", .. arguments]);
    }

    /// <summary>The lines of the last message, its title first.</summary>
    private static string[] Lines(WebhookServer webhook) =>
        [.. webhook.Messages.Last().GetProperty("blocks").EnumerateArray().SelectMany(block => block.GetProperty("text").GetProperty("text").GetString()!.Split('\n'))];
}

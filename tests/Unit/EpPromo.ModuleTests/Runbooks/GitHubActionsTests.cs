using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;
using YamlDotNet.Serialization;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>
/// samples/runbooks/github-actions: the steps in PowerShell are run as a runner does, with the values of expressions that a runner
/// would have. .ci/lint checks the files with actionlint.
/// </summary>
public sealed partial class GitHubActionsTests
{
    [Fact]
    public async Task The_workflow_generates_a_batch()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");
        using RunbookMachine machine = new(sandbox);

        ProcessResult run = await RunAsync(machine, "promotion-codes.yml", new()
        {
            ["inputs.promotion"] = "Summer Sale",
            ["inputs.batch"] = "$(throw) 'quotes'",
            ["inputs.count"] = "7",
        });

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Equal([7], RunbookMachine.CountCodes(Path.Combine(machine.Folder, "codes")));
    }

    [Fact]
    public async Task The_machines_of_the_matrix_share_the_promotions()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        SandboxPromotion[] promotions = [.. Enumerable.Range(1, 4).Select(number => sandbox.Store.AddPromotion($"Mailing {number}"))];
        using RunbookMachine machine = new(sandbox);

        // Of the four machines, two are enough to show that each takes its own share.
        foreach (string share in (string[])["1", "2"])
        {
            ProcessResult run = await RunAsync(machine, "promotion-codes-matrix.yml", new()
            {
                ["inputs.promotion"] = "Mailing*",
                ["inputs.name"] = "bf26",
                ["inputs.count"] = "5",
                ["matrix.share"] = share,
                ["strategy.job-total"] = "2",
            });

            Assert.True(run.ExitCode == 0, run.Text);
            Assert.Contains($"Share {share} of 2:", run.Output[^1], StringComparison.Ordinal);
        }

        Assert.All(promotions, promotion => Assert.Equal(5, sandbox.Store.Codes(promotion.Id).Count));
    }

    [Fact]
    public async Task A_step_fails_if_the_runbook_fails()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using RunbookMachine machine = new(sandbox);

        ProcessResult run = await RunAsync(machine, "promotion-codes.yml", new()
        {
            ["inputs.promotion"] = "No such promotion",
            ["inputs.batch"] = "x",
            ["inputs.count"] = "7",
        });

        // The runner dots the script, and PowerShell makes 1 of any exit code of such a script.
        Assert.True(run.ExitCode == 1, run.Text);
    }

    /// <summary>Runs the only PowerShell step of a workflow in a checkout.</summary>
    private static async Task<ProcessResult> RunAsync(RunbookMachine machine, string file, Dictionary<string, string> expressions)
    {
        var workflow = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(RunbookMachine.Read("github-actions/" + file));
        var steps = ((List<object>)Map(Map(workflow["jobs"])["generate"])["steps"]).Select(Map).ToList();

        // An expression within a script would be replaced before the shell reads the script, and could run as code.
        Assert.DoesNotContain(steps, step => step.TryGetValue("run", out object? script) && ((string)script).Contains("${{", StringComparison.Ordinal));
        Dictionary<object, object> pwsh = Assert.Single(steps, step => step.TryGetValue("shell", out object? shell) && (string)shell == "pwsh");
        foreach ((object name, object value) in Map(pwsh["env"]))
        {
            machine.Variables[(string)name] = Expression().Replace((string)value, match => expressions[match.Groups[1].Value]);
        }

        foreach (string folder in (string[])["out", "samples"])
        {
            string link = Path.Combine(machine.Folder, folder);
            if (!Directory.Exists(link))
            {
                Directory.CreateSymbolicLink(link, Path.Combine(RepositoryFolder.Root, folder));
            }
        }

        // This is what a runner puts around the script of a step.
        string script = (string)pwsh["run"];
        script = script.Contains("Request-PromotionCode.ps1", StringComparison.Ordinal) ? RunbookMachine.Quick(script) : script;
        string path = Path.Combine(machine.Folder, "step.ps1");
        await File.WriteAllTextAsync(path, $$"""
            $ErrorActionPreference = 'stop'
            {{script}}
            if ((Test-Path -LiteralPath variable:\LASTEXITCODE)) { exit $LASTEXITCODE }
            """, TestContext.Current.CancellationToken);
        return await machine.RunAsync("pwsh", "-command", $". '{path}'");
    }

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    [GeneratedRegex(@"\$\{\{ ([\w.-]+) \}\}")]
    private static partial Regex Expression();
}

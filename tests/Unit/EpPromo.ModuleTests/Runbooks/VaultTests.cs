using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>
/// Secrets from a vault of Microsoft.PowerShell.SecretManagement. The module itself is in the PowerShell Gallery only, so a module of
/// its name with the parameters, results and errors of its Get-Secret (version 1.1.2) takes its place.
/// </summary>
public sealed class VaultTests
{
    private const string StandIn = """
        function Get-Secret {
            [CmdletBinding()]
            param(
                [Parameter(Mandatory, Position = 0)] [string] $Name,
                [Parameter(Position = 1)] [string] $Vault,
                [switch] $AsPlainText
            )
            $entry = Import-PowerShellDataFile "$PSScriptRoot/$Vault.psd1" | ForEach-Object { $_[$Name] }
            if (-not $entry) {
                Write-Error "The secret $Name was not found."
                return
            }
            $password = ConvertTo-SecureString $entry.Secret -AsPlainText -Force
            if ($entry.User) { [pscredential]::new($entry.User, $password) } else { $password }
        }
        """;

    [Fact]
    public async Task The_client_secret_of_a_vault_is_in_no_command_line_and_no_log()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");
        using RunbookMachine machine = NewMachineWithVault(sandbox);
        string transcript = Path.Combine(machine.Folder, "transcript.txt");

        // The runbook shows the command line and the environment of its own process, as another user of the machine may see them.
        ProcessResult run = await machine.RunAsync(
            "pwsh", "-NoProfile", "-NonInteractive", "-Command",
            $$"""
            $DebugPreference = 'Continue'
            $null = Start-Transcript '{{transcript}}'
            & '{{RunbookMachine.Samples}}/Request-PromotionCode.ps1' -Promotion 'Summer*' -Name vault -Count 5 -SecretName EpStore -Vault Jobs `
                -BaseUri $env:EPCC_API_BASE_URL -ConsistencyWindow 00:00:01 -Verbose
            Get-Content -Raw "/proc/$PID/cmdline", "/proc/$PID/environ"
            """);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Equal(5, sandbox.Store.Codes(sandbox.Store.Promotions[0].Id).Count);
        string log = await File.ReadAllTextAsync(transcript, TestContext.Current.CancellationToken);
        Assert.Contains("Summer Sale: 5 of 5 codes", log, StringComparison.Ordinal);
        Assert.Contains("SecretName", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Options.ClientSecret, log, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Options.ClientSecret, run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Other", "The secret Other was not found")]
    [InlineData("Text", "Cannot convert the")]
    public async Task A_secret_that_is_missing_or_no_credential_is_an_error_without_it(string name, string message)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");
        using RunbookMachine machine = NewMachineWithVault(sandbox);

        ProcessResult run = await machine.RunAsync(
            "pwsh", "-NoProfile", "-NonInteractive", "-File", Path.Combine(RunbookMachine.Samples, "Request-PromotionCode.ps1"),
            "-Promotion", "Summer*", "-Name", "vault", "-Count", "5", "-SecretName", name, "-Vault", "Jobs");

        Assert.True(run.ExitCode == 1, run.Text);
        Assert.Contains(message, run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Options.ClientSecret, run.Text, StringComparison.Ordinal);
        Assert.Empty(sandbox.Requests);
    }

    private static RunbookMachine NewMachineWithVault(SandboxServer sandbox)
    {
        RunbookMachine machine = new(sandbox);
        machine.Variables["EPCC_CLIENT_ID"] = machine.Variables["EPCC_CLIENT_SECRET"] = "";
        string module = Directory.CreateDirectory(Path.Combine(machine.Folder, "modules", "Microsoft.PowerShell.SecretManagement")).FullName;
        File.WriteAllText(Path.Combine(module, "Microsoft.PowerShell.SecretManagement.psm1"), StandIn);
        File.WriteAllText(Path.Combine(module, "Jobs.psd1"), $$"""
            @{
                EpStore = @{ User = '{{sandbox.Options.ClientId}}'; Secret = '{{sandbox.Options.ClientSecret}}' }
                Text = @{ Secret = '{{sandbox.Options.ClientSecret}}' }
            }
            """);
        machine.Variables["PSModulePath"] += Path.PathSeparator + Path.GetDirectoryName(module);
        return machine;
    }
}

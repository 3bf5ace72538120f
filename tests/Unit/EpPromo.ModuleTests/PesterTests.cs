using System.Diagnostics;

namespace EpPromo.ModuleTests;

/// <summary>Runs tests/Pester in a real shell where there is one.</summary>
public sealed class PesterTests
{
    [Fact]
    public async Task The_operator_scenarios_pass_in_pwsh()
    {
        Assert.SkipUnless(
            await PwshAsync("exit [int](-not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5))") == (0, ""),
            "pwsh with Pester 5.5 or later is not installed; the same is tested inside the engine.");

        (int exitCode, string printed) = await PwshAsync(
            $"Invoke-Pester -CI -Path '{Path.Combine(RepositoryFolder.Root, "tests", "Pester")}'");

        Assert.True(exitCode == 0, printed);
        Assert.Contains("Tests Passed", printed, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Printed)> PwshAsync(string command)
    {
        ProcessStartInfo start = new("pwsh") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (string argument in (string[])["-NoProfile", "-NonInteractive", "-Command", command])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await errors);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}

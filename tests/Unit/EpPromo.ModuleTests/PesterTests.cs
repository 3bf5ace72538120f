using System.Collections.Concurrent;
using System.Diagnostics;

namespace EpPromo.ModuleTests;

/// <summary>Runs tests/Pester in a real shell where there is one.</summary>
public sealed class PesterTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(8);

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

        using Process process = new() { StartInfo = start };
        ConcurrentQueue<string> printed = [];
        process.OutputDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(s_deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"pwsh, or what it has started, did not end in {s_deadline}. It printed:{Environment.NewLine}{Text(printed)}");
        }

        return (process.ExitCode, Text(printed));
    }

    private static string Text(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines).Trim();
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace EpPromo.ModuleTests;

/// <summary>Runs tests/Pester in a real shell where there is one.</summary>
public sealed class PesterTests
{
    private const string Found = "Pester was found";
    private const string NotFound = "Pester was not found";

    /// <summary>The whole suite may take five minutes.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task The_operator_scenarios_pass_in_pwsh()
    {
        Assert.SkipUnless(IsOnPath("pwsh"), "There is no pwsh on the PATH; the same is tested inside the engine.");
        Assert.SkipUnless(await HasPesterAsync(), "pwsh has no Pester 5.5 or later; the same is tested inside the engine.");

        (int exitCode, string printed) = await PwshAsync(
            $"Invoke-Pester -CI -Path '{Path.Combine(RepositoryFolder.Root, "tests", "Pester")}'");

        Assert.True(exitCode == 0, printed);
        Assert.Contains("Tests Passed", printed, StringComparison.Ordinal);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)));

    /// <summary>A pwsh that does not say one or the other is broken, and that is no reason to skip.</summary>
    private static async Task<bool> HasPesterAsync()
    {
        (int exitCode, string printed) = await PwshAsync(
            $"if (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5) {{ '{Found}' }} else {{ '{NotFound}' }}");
        string[] lines = printed.Split(Environment.NewLine);
        Assert.True(
            exitCode == 0 && (lines.Contains(Found) || lines.Contains(NotFound)),
            $"pwsh ended with exit code {exitCode} when asked for its Pester. It printed:{Environment.NewLine}{printed}");
        return lines.Contains(Found);
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
        process.Start();
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
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.Fail($"pwsh, or what it has started, did not end in {s_deadline}. It printed:{Environment.NewLine}{Text(printed)}");
        }

        return (process.ExitCode, Text(printed));
    }

    private static string Text(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines).Trim();
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace EpPromo.ModuleTests;

/// <summary>Runs tests/Pester in a real shell, pwsh as the .NET tool, under each Pester that is supported. The packages come with the restore.</summary>
public sealed class PesterTests
{
    /// <summary>One Pester takes three quarters of a minute where nothing else runs.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(4);

    private static readonly string s_packages = typeof(PesterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "NuGetPackageRoot").Value!;

    private static readonly string s_pwsh = typeof(PesterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "Pwsh").Value!;

    [Theory]
    [InlineData("5.7.1")]
    [InlineData("6.2.0")]
    public async Task The_operator_scenarios_pass_in_pwsh(string pester)
    {
        string module = Path.Combine(s_packages, "pester", pester, "tools", "Pester.psd1");
        string scenarios = Path.Combine(RepositoryFolder.Root, "tests", "Pester");

        (int exitCode, string printed) = await PwshAsync($$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{module}}'
            "Pester $((Get-Module Pester).Version) in PowerShell $($PSVersionTable.PSVersion)"
            Invoke-Pester -Configuration @{ Run = @{ Path = '{{scenarios}}'; Exit = $true }; Output = @{ RenderMode = 'Plaintext' } }
            """);

        Assert.True(exitCode == 0, printed);
        Assert.Contains($"Pester {pester} in PowerShell 7.", printed, StringComparison.Ordinal);
        Assert.Matches(@"Tests Passed: [1-9]\d*, Failed: 0, Skipped: 0, Inconclusive: 0, NotRun: 0", printed);
    }

    private static async Task<(int ExitCode, string Printed)> PwshAsync(string command)
    {
        ProcessStartInfo start = new("dotnet", ["exec", s_pwsh, "-NoProfile", "-NonInteractive", "-Command", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";

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

using System.Collections.Concurrent;
using System.Diagnostics;

namespace EpPromo.ModuleTests.Engine;

/// <summary>A .NET program that has run to its end.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Printed">All that it has printed, errors among it.</param>
internal sealed record ProgramRun(int ExitCode, string Printed)
{
    /// <summary>Runs a program in a process of its own, from the temporary folder. One that has not ended in time fails the test.</summary>
    /// <param name="library">The program's .dll.</param>
    /// <param name="deadline">How long it, and what it starts, may take.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<ProgramRun> OfAsync(string library, TimeSpan deadline, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", library, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        // A shell tells its makers of each start, else; and what is searched for words has no colours between them.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = start.Environment["NO_COLOR"] = "1";

        using Process process = new() { StartInfo = start };
        ConcurrentQueue<string> printed = [];
        process.OutputDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(deadline);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.Fail($"{library}, or what it has started, did not end in {deadline}. It printed:{Environment.NewLine}{Text(printed)}");
        }

        return new ProgramRun(process.ExitCode, Text(printed));
    }

    private static string Text(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines).Trim();
}

using System.Diagnostics;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Engine;

/// <summary>Runs whole .NET programs.</summary>
internal static class TestProgram
{
    /// <summary>Runs a program to its end, from the temporary folder.</summary>
    /// <param name="assembly">The program's .dll.</param>
    /// <param name="deadline">How long the program and the processes that it starts may take.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <exception cref="TimeoutException">The program has not ended in time.</exception>
    public static Task<ProcessResult> RunAsync(string assembly, TimeSpan deadline, params string[] arguments) =>
        RunAsync(assembly, deadline, new Dictionary<string, string>(), arguments);

    /// <summary>The same, with environment variables in addition to those of this process.</summary>
    public static Task<ProcessResult> RunAsync(
        string assembly, TimeSpan deadline, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", assembly, .. arguments]) { WorkingDirectory = Path.GetTempPath() };

        // No telemetry from a test, and no colour codes between the words that it looks for.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = start.Environment["NO_COLOR"] = "1";

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return RunAsync(start, deadline);
    }

    /// <summary>Runs any program to its end.</summary>
    /// <param name="start">The program; its output streams are redirected here.</param>
    /// <param name="deadline">How long the program and the processes that it starts may take.</param>
    /// <exception cref="TimeoutException">The program has not ended in time.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessStartInfo start, TimeSpan deadline)
    {
        using ChildProcess process = ChildProcess.Start(start);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(deadline);
        try
        {
            return await process.WaitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ProcessResult result = await process.WaitAsync(TestContext.Current.CancellationToken);
            throw new TimeoutException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)}, or a process that it has started, did not end in {deadline}. Its output:{Environment.NewLine}{result.Text}");
        }
    }
}

using System.CommandLine;
using System.Net.Sockets;

namespace EpPromo.Sandbox.CommandLine;

/// <summary>The command line: reads options, starts a sandbox, says how to reach it, and stops at Ctrl+C.</summary>
internal static class SandboxCommand
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var switches = new SandboxSwitches();
        var command = new RootCommand("A local stand-in for the Elastic Path promotion-jobs API, for tests and for trying things out.");
        switches.AddTo(command);
        command.SetAction((parsed, ct) => ServeAsync(switches.Read(parsed), ct));

        ParseResult result = command.Parse(args);
        IReadOnlyList<string> problems = switches.Problems(result);
        if (problems.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, [.. problems, "See --help."]));
            return WrongUsage;
        }

        return await result.InvokeAsync();
    }

    private static async Task<int> ServeAsync(SandboxOptions options, CancellationToken ct)
    {
        try
        {
            await using SandboxServer server = await SandboxServer.StartAsync(options, ct);
            Banner.Write(Console.Out, server);
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl+C is how a sandbox is meant to end.
        }
        catch (PortInUseException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Failed;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on {options.Listen}: {failure.Message}");
            return Failed;
        }

        return 0;
    }
}

using System.CommandLine;
using System.Net.Sockets;

namespace EpPromo.Sandbox.CommandLine;

/// <summary>The command line: starts a sandbox with the given options and stops it on Ctrl+C.</summary>
internal static class SandboxCommand
{
    private const int Failed = 1;
    private const int InvalidUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new CommandLineOptions();
        var command = new RootCommand("A local stand-in for the Elastic Path promotion jobs API, for tests and experiments.");
        options.AddTo(command);
        command.SetAction((parsed, ct) => ServeAsync(options.Read(parsed), ct));

        ParseResult result = command.Parse(args);
        IReadOnlyList<string> errors = options.Validate(result);
        if (errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, [.. errors, "See --help."]));
            return InvalidUsage;
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
            // Ctrl+C is the normal way to stop the sandbox.
        }
        catch (PortInUseException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on {options.Listen}: {exception.Message}");
            return Failed;
        }

        return 0;
    }
}

using System.Diagnostics;
using System.Threading.Channels;

namespace EpPromo.ScriptHost;

/// <summary>A program in a process of its own. Its output is read as it comes, so the program never blocks on a full pipe.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Task<string> _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _ = ReadOutputAsync(process.StandardOutput);
    }

    /// <summary>Whether the process has ended, for whatever reason.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The working set of the process now, in bytes; 0 after its end.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <summary>Starts a process; its output streams are redirected here.</summary>
    public static ChildProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Starts a script file in the PowerShell engine.</summary>
    /// <param name="file">The script.</param>
    /// <param name="environment">Environment variables in addition to those of this process.</param>
    /// <param name="arguments">The script's arguments.</param>
    public static ChildProcess StartScript(string file, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // A build copies the host beside every program that references this project.
        string host = Path.Combine(AppContext.BaseDirectory, "EpPromo.ScriptHost.dll");
        ProcessStartInfo start = new("dotnet", ["exec", host, "-File", file, .. arguments]);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Start(start);
    }

    /// <summary>The next line of output, or null after the last one.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        await _output.Reader.WaitToReadAsync(cancellationToken) && _output.Reader.TryRead(out string? line) ? line : null;

    /// <summary>Writes a line to the process. Its input must have been redirected at the start.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the process at once, as a power cut would: SIGKILL.</summary>
    /// <param name="entireProcessTree">Whether to end the processes that it has started, too.</param>
    public void Kill(bool entireProcessTree = false) => _process.Kill(entireProcessTree);

    /// <summary>Waits for the end of the process. The result holds the lines of output that nobody has read before.</summary>
    public async Task<ProcessResult> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        List<string> lines = [];
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
        }

        return new ProcessResult(_process.ExitCode, lines, await _errors);
    }

    /// <summary>Kills the process if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadOutputAsync(StreamReader output)
    {
        try
        {
            while (await output.ReadLineAsync() is { } line)
            {
                _output.Writer.TryWrite(line);
            }
        }
        finally
        {
            _output.Writer.Complete();
        }
    }
}

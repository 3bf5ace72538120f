using System.Diagnostics;

namespace EpPromo.ScriptHost;

/// <summary>A script that runs in a process of its own.</summary>
public sealed class ScriptProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ScriptProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether it has ended, by itself or not.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The memory it takes now, in bytes: what stays of it in RAM.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <summary>Starts a script.</summary>
    /// <param name="file">The script.</param>
    /// <param name="environment">Environment variables besides this process's own.</param>
    /// <param name="arguments">The script's arguments.</param>
    public static ScriptProcess Start(string file, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // Beside whoever refers to this project.
        string host = Path.Combine(AppContext.BaseDirectory, "EpPromo.ScriptHost.dll");
        ProcessStartInfo start = new("dotnet", ["exec", host, file, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ScriptProcess(Process.Start(start)!);
    }

    /// <summary>Ends it at once, as a power cut does: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    public async Task<ScriptResult> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return new ScriptResult(_process.ExitCode, (await _output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), await _errors);
    }

    /// <summary>Ends it if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

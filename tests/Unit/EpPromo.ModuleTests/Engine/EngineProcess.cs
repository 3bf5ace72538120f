using System.Diagnostics;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Engine;

/// <summary>The engine in a process of its own, with the store of a sandbox in its environment and a temporary folder of its own.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly string _script = Path.Combine(Path.GetTempPath(), $"eppromo-test-{Guid.NewGuid():N}.ps1");
    private readonly Process _process;
    private readonly Task<string> _errors;

    public EngineProcess(SandboxServer sandbox, string temporary, string script, params string[] arguments)
        : this(AppContext.BaseDirectory, sandbox, temporary, script, arguments)
    {
    }

    /// <summary>The same with the engine that lies in <paramref name="hostFolder"/>.</summary>
    public EngineProcess(string hostFolder, SandboxServer sandbox, string temporary, string script, params string[] arguments)
        : this(new ProcessStartInfo("dotnet"), hostFolder, sandbox, temporary, script, arguments)
    {
    }

    private EngineProcess(ProcessStartInfo start, string hostFolder, SandboxServer sandbox, string temporary, string script, params string[] arguments)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["EPCC_API_BASE_URL"] = sandbox.BaseUri.ToString();
        start.Environment["EPCC_CLIENT_ID"] = sandbox.Options.ClientId;
        start.Environment["EPCC_CLIENT_SECRET"] = sandbox.Options.ClientSecret;
        start.Environment[OperatingSystem.IsWindows() ? "TMP" : "TMPDIR"] = temporary;
        File.WriteAllText(_script, script);
        string host = Path.Combine(hostFolder, "EpPromo.ScriptHost.dll");
        foreach (string argument in (string[])["exec", host, _script, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// The same on Unix where no file can be longer than <paramref name="blocks"/> blocks of 512 bytes: a disk that is full, but for who
    /// asks why.
    /// </summary>
    public static EngineProcess WithFullDisk(int blocks, SandboxServer sandbox, string temporary, string script, params string[] arguments)
    {
        // Of what the runtime itself writes, its pages of code would be too long.
        ProcessStartInfo start = new("sh", ["-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"", "dotnet"]);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new EngineProcess(start, AppContext.BaseDirectory, sandbox, temporary, script, arguments);
    }

    /// <summary>The next thing that the script emits; it must not have ended.</summary>
    public async Task<string> ReadLineAsync()
    {
        string? line = await TryReadLineAsync();
        if (line is null)
        {
            Assert.Fail("The script has ended: " + await _errors);
        }

        return line;
    }

    /// <summary>Ends the process as a power cut would: it is told nothing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the script has ended well.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        List<string> lines = [];
        while (await TryReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(_process.ExitCode == 0, await _errors);
        return lines;
    }

    private async Task<string?> TryReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        File.Delete(_script);
    }
}

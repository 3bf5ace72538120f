using System.Diagnostics;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Engine;

/// <summary>Runs scripts in processes of their own, with the environment variables of a sandbox and a temporary folder of the test's.</summary>
internal static class SandboxScript
{
    public static ChildProcess Start(SandboxServer sandbox, string temporaryFolder, string script, params string[] arguments) =>
        Start(new ProcessStartInfo("dotnet"), sandbox, temporaryFolder, script, arguments);

    /// <summary>
    /// Starts the script, on Unix, in a process that cannot make a file longer than <paramref name="blocks"/> blocks of 512 bytes. It
    /// gets an I/O error, as it would on a full disk; only the error code differs.
    /// </summary>
    public static ChildProcess StartWithFullDisk(int blocks, SandboxServer sandbox, string temporaryFolder, string script, params string[] arguments)
    {
        // The limit would also hit the memory-mapped code pages that the runtime writes under W^X.
        ProcessStartInfo start = new("sh", ["-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"", "dotnet"]);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Start(start, sandbox, temporaryFolder, script, arguments);
    }

    private static ChildProcess Start(
        ProcessStartInfo start, SandboxServer sandbox, string temporaryFolder, string script, string[] arguments)
    {
        foreach ((string name, string value) in sandbox.EnvironmentVariables)
        {
            start.Environment[name] = value;
        }

        start.Environment[OperatingSystem.IsWindows() ? "TMP" : "TMPDIR"] = temporaryFolder;
        foreach (string argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "EpPromo.ScriptHost.dll"), "-Command", script, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return ChildProcess.Start(start);
    }

    /// <summary>The next line that the script emits. Fails the test if the script has ended.</summary>
    public static async Task<string> ReadNextLineAsync(this ChildProcess process)
    {
        string? line = await process.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null)
        {
            Assert.Fail("The script has ended: " + (await process.WaitAsync(TestContext.Current.CancellationToken)).Errors);
        }

        return line;
    }

    /// <summary>
    /// The lines that the script emits before the line "end". For scripts that handle errors: the exit code tells of these as well.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ReadLinesAsync(this ChildProcess process)
    {
        List<string> lines = [];
        for (string line = await process.ReadNextLineAsync(); line != "end"; line = await process.ReadNextLineAsync())
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Waits for the script to end without an error, and returns the lines that it has emitted.</summary>
    public static async Task<IReadOnlyList<string>> WaitForSuccessAsync(this ChildProcess process)
    {
        ProcessResult result = await process.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }
}

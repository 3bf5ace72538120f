using System.Diagnostics;
using EpPromo.ModuleTests.Engine;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>
/// What a scheduler's machine has: pwsh in the PATH, the module in the module path, the variables of a store, and a home folder. A test
/// runs the samples' own commands on it; only their paths are replaced.
/// </summary>
internal sealed class RunbookMachine : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    public RunbookMachine(SandboxServer sandbox)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of Linux machines.");
        string programs = Directory.CreateDirectory(Path.Combine(Folder, "bin")).FullName;
        string pwsh = Path.Combine(programs, "pwsh");
        File.WriteAllText(pwsh, $"#!/bin/sh\nexec dotnet exec '{BuildPaths.Pwsh}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(pwsh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Variables = new Dictionary<string, string>(sandbox.EnvironmentVariables)
        {
            ["PATH"] = programs + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["PSModulePath"] = Path.Combine(RepositoryFolder.Root, "out"),
            ["HOME"] = Folder,
            ["NO_COLOR"] = "1",
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        };
    }

    /// <summary>The folder samples/runbooks.</summary>
    public static string Samples { get; } = Path.Combine(RepositoryFolder.Root, "samples", "runbooks");

    /// <summary>A folder of this machine's own. It is the home folder and the current folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("eppromo-runbook-").FullName;

    /// <summary>The environment variables that the commands get in addition to those of this process.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>Reads a sample.</summary>
    /// <param name="file">Its path below samples/runbooks.</param>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Samples, file));

    /// <summary>
    /// A sample's command for this test: a run that is certain of its count after a second instead of a minute.
    /// </summary>
    public static string Quick(string command)
    {
        Assert.Contains("Request-PromotionCode.ps1 ", command, StringComparison.Ordinal);
        return command.Replace("Request-PromotionCode.ps1 ", "Request-PromotionCode.ps1 -ConsistencyWindow 00:00:01 ", StringComparison.Ordinal);
    }

    /// <summary>Runs a program to its end.</summary>
    public Task<ProcessResult> RunAsync(string program, params string[] arguments) => RunInAsync(Folder, program, arguments);

    /// <summary>Runs a program to its end, from another folder.</summary>
    public Task<ProcessResult> RunInAsync(string folder, string program, params string[] arguments)
    {
        // The search for a program uses the PATH of this process, and env uses its own.
        ProcessStartInfo start = new("env", [program, .. arguments]) { WorkingDirectory = folder };
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        return TestProgram.RunAsync(start, s_deadline);
    }

    /// <summary>The numbers of codes in the files of a folder.</summary>
    public static IEnumerable<int> CountCodes(string folder) => Directory.GetFiles(folder).Select(file => File.ReadLines(file).Count() - 1);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

using System.ComponentModel;
using System.Diagnostics;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Processes;

/// <summary>The vendor's JavaScript SDK, in Node.js: bench/js-sdk. Its packages are installed from npm when it is first used.</summary>
internal static class JavaScriptSdk
{
    private static readonly string s_folder = Path.Combine(RepositoryFolder.Root, "bench", "js-sdk");
    private static readonly Lazy<Task> s_installed = new(InstallAsync);

    /// <summary>How a script of bench/js-sdk is started that works on a store. Its first argument is the host of the store.</summary>
    /// <exception cref="InvalidOperationException">Node.js is missing, or the packages cannot be installed.</exception>
    public static async Task<ProcessStartInfo> ScriptAsync(string script, string address, params string[] arguments)
    {
        await s_installed.Value;
        return new ProcessStartInfo("node", ["--expose-gc", Path.Combine(s_folder, script), new Uri(address).Authority, .. arguments]);
    }

    private static async Task InstallAsync()
    {
        // npm writes this file last.
        FileInfo installed = new(Path.Combine(s_folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(s_folder, "package-lock.json")))
        {
            return;
        }

        Console.Error.WriteLine("Installing the JavaScript SDK from npm into bench/js-sdk/node_modules.");
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new("cmd", ["/c", "npm", "ci"]) : new("npm", ["ci"]);
        start.WorkingDirectory = s_folder;
        ProcessResult result = await RunAsync(start);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci failed in bench/js-sdk. {result.Text}");
        }
    }

    private static async Task<ProcessResult> RunAsync(ProcessStartInfo start)
    {
        try
        {
            using ChildProcess npm = ChildProcess.Start(start);
            return await npm.WaitAsync(CancellationToken.None);
        }
        catch (Win32Exception failure)
        {
            throw new InvalidOperationException(
                "The JavaScript SDK needs Node.js 18 or later, with npm, in the PATH. Install it, or select benchmarks that do without it.", failure);
        }
    }
}

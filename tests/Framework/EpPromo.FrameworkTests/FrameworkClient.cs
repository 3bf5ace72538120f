using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using EpPromo.ScriptHost;

namespace EpPromo.FrameworkTests;

/// <summary>Runs the client in a process of its own.</summary>
internal static class FrameworkClient
{
    private static readonly string s_program = typeof(FrameworkClient).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Client").Value!;

    /// <summary>Runs it to its end.</summary>
    /// <param name="action">What it does: "verify", "codes" or "download".</param>
    /// <param name="address">The store.</param>
    /// <param name="secret">The client secret.</param>
    public static async Task<ProcessResult> RunAsync(string action, Uri address, string secret)
    {
        string[] arguments = [Path.GetDirectoryName(RepositoryFolder.Manifest)!, action, address.ToString(), secret];
        using ChildProcess process = Start(
            OperatingSystem.IsWindows() ? new ProcessStartInfo(s_program, arguments) : new ProcessStartInfo("mono", [s_program, .. arguments]));
        ProcessResult result = await process.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode is 0 or 1, result.Errors);
        return result;
    }

    private static ChildProcess Start(ProcessStartInfo start)
    {
        try
        {
            return ChildProcess.Start(start);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("Mono is not installed. On Debian, install it with: apt-get install --no-install-recommends mono-devel", e);
        }
    }
}

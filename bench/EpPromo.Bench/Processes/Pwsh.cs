using System.Diagnostics;
using System.Reflection;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Processes;

/// <summary>The PowerShell that .config/dotnet-tools.json names, which the restore downloads as a package.</summary>
internal static class Pwsh
{
    private static readonly string s_tool = typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "PwshFolder").Value!;

    /// <summary>How a script of this folder is started.</summary>
    /// <param name="script">Its path, relative to the program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Script(string script, params string[] arguments)
    {
        string pwsh = Path.Combine(s_tool, OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");
        ProcessStartInfo start = new(
            "dotnet", ["exec", pwsh, "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, script), .. arguments]);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        return start;
    }

    /// <summary>How a script is started that works on a store, which it finds in its environment variables.</summary>
    public static ProcessStartInfo Script(string script, IReadOnlyDictionary<string, string> store, params string[] arguments)
    {
        ProcessStartInfo start = Script(script, arguments);
        foreach ((string name, string value) in store)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>As <see cref="Script(string, IReadOnlyDictionary{string, string}, string[])"/>; the first argument is the module's manifest.</summary>
    public static ProcessStartInfo ModuleScript(string script, IReadOnlyDictionary<string, string> store, params string[] arguments) =>
        Script(script, store, [RepositoryFolder.Manifest, .. arguments]);
}

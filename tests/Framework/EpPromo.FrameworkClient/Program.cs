using System.Reflection;

namespace EpPromo.FrameworkClient;

/// <summary>
/// Uses a store as the cmdlets do, on .NET Framework or Mono. The first argument is the folder of the module, the others are those of
/// <see cref="Scenario.RunAsync"/>.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string module = args[0];
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            // As the engine does when it imports the module.
            string file = Path.Combine(module, new AssemblyName(request.Name).Name + ".dll");
            return File.Exists(file) ? Assembly.LoadFrom(file) : null;
        };
        return RunAsync(args).GetAwaiter().GetResult();
    }

    /// <summary>In a method of its own: what it uses is found by the handler above.</summary>
    private static Task<int> RunAsync(string[] args) => Scenario.RunAsync(args[1], args[2], args[3]);
}

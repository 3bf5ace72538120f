using System.Management.Automation;
using System.Reflection;
using System.Security;
using EpPromo.ModuleTests.Engine;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Servers;

/// <summary>
/// Opens a store as Connect-EpStore does, with shorter retry delays and timeouts than any cmdlet lets an operator set. With the defaults,
/// a test that meets thousands of faults would take hours.
/// </summary>
internal static class FastTimeoutStore
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Opens a store for the parameter -Store.</summary>
    /// <param name="session">The session that has imported the module.</param>
    /// <param name="sandbox">The sandbox to connect to.</param>
    /// <param name="callSeconds">How long a call may take with all its retries, in seconds.</param>
    /// <param name="windowSeconds">The consistency window, in seconds.</param>
    public static PSObject Open(ModuleSession session, SandboxServer sandbox, double callSeconds = 120, double windowSeconds = 2)
    {
        // The method that the cmdlets use. It is internal to the module, so reflection finds it by name.
        RunResult command = session.Run("Get-Command Connect-EpStore").ThrowIfFailed();
        MethodInfo open = ((CmdletInfo)command.Output[0].BaseObject).ImplementingType.Assembly
            .GetType("EpPromo.PowerShell.Sessions.StoreConnector", throwOnError: true)!
            .GetMethod("Open", AnyStatic)!;
        Type optionsType = open.GetParameters().Single().ParameterType;
        object options = Activator.CreateInstance(optionsType)!;
        foreach ((string name, object value) in new Dictionary<string, object>
        {
            ["BaseUri"] = sandbox.BaseUri,
            ["Credential"] = CreateCredential(optionsType.GetProperty("Credential")!.PropertyType, sandbox.Options),
            ["MaxRequestsPerSecond"] = 1000.0,
            ["RetryDelay"] = TimeSpan.FromMilliseconds(10),
            ["MaxRetryDelay"] = TimeSpan.FromMilliseconds(500),
            ["AttemptTimeout"] = TimeSpan.FromSeconds(2),
            ["IdleTimeout"] = TimeSpan.FromSeconds(2),
            ["ConsistencyWindow"] = TimeSpan.FromSeconds(windowSeconds),
            ["CallTimeout"] = TimeSpan.FromSeconds(callSeconds),
        })
        {
            optionsType.GetProperty(name)!.SetValue(options, value);
        }

        return PSObject.AsPSObject(open.Invoke(null, [options])!);
    }

    private static object CreateCredential(Type type, SandboxOptions options)
    {
        SecureString secret = new();
        foreach (char letter in options.ClientSecret)
        {
            secret.AppendChar(letter);
        }

        return type.GetMethod("FromClient", AnyStatic)!.Invoke(null, [options.ClientId, secret])!;
    }
}

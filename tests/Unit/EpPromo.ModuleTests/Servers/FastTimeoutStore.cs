using System.Management.Automation;
using System.Reflection;
using EpPromo.ModuleTests.Engine;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Servers;

/// <summary>
/// Opens a store as Connect-EpStore does, with shorter retry delays and timeouts than any cmdlet lets an operator set. With the defaults,
/// a test that meets thousands of faults would take hours.
/// </summary>
internal static class FastTimeoutStore
{
    /// <summary>Opens a store for the parameter -Store.</summary>
    /// <param name="session">The session that has imported the module.</param>
    /// <param name="sandbox">The sandbox to connect to.</param>
    /// <param name="callSeconds">How long a call may take with all its retries, in seconds.</param>
    /// <param name="windowSeconds">The consistency window, in seconds.</param>
    public static PSObject Open(ModuleSession session, SandboxServer sandbox, double callSeconds = 120, double windowSeconds = 2)
    {
        RunResult made = session.Run(
            """
            $secret = [securestring]::new()
            foreach ($c in $args[2].ToCharArray()) { $secret.AppendChar($c) }
            [EpPromo.Stores.StoreOptions]@{
                BaseUri = $args[0]
                Credential = [EpPromo.Stores.StoreCredential]::FromClient($args[1], $secret)
                MaxRequestsPerSecond = 1000
                RetryDelay = [timespan]::FromMilliseconds(10)
                MaxRetryDelay = [timespan]::FromMilliseconds(500)
                AttemptTimeout = [timespan]::FromSeconds(2)
                IdleTimeout = [timespan]::FromSeconds(2)
                ConsistencyWindow = $args[3]
                CallTimeout = $args[4]
            }
            """,
            sandbox.BaseUri, sandbox.Options.ClientId, sandbox.Options.ClientSecret,
            TimeSpan.FromSeconds(windowSeconds), TimeSpan.FromSeconds(callSeconds)).ThrowIfFailed();

        // The method that the cmdlets use. It is internal to the module, so reflection finds it by name.
        RunResult command = session.Run("Get-Command Connect-EpStore").ThrowIfFailed();
        MethodInfo open = ((CmdletInfo)command.Output[0].BaseObject).ImplementingType.Assembly
            .GetType("EpPromo.PowerShell.Sessions.SessionStores", throwOnError: true)!
            .GetMethod("Open", BindingFlags.Static | BindingFlags.Public)!;
        return PSObject.AsPSObject(open.Invoke(null, [made.Output[0].BaseObject])!);
    }
}

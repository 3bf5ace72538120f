using System.Management.Automation;
using System.Reflection;
using EpPromo.ModuleTests.Engine;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Servers;

/// <summary>
/// Opens a store as Connect-EpStore does, with shorter times: no cmdlet lets an operator wait less than half a second before a retry
/// or give up on an answer after two, and a test that meets thousands of faults would take hours with the usual ones.
/// </summary>
internal static class FastTimeoutStore
{
    /// <summary>The store, for -Store.</summary>
    /// <param name="session">Where the module is.</param>
    /// <param name="sandbox">Where the store is.</param>
    /// <param name="callSeconds">How long a call may take with all its tries.</param>
    /// <param name="windowSeconds">How long a list may lag.</param>
    public static PSObject Open(ModuleSession session, SandboxServer sandbox, double callSeconds = 120, double windowSeconds = 2)
    {
        RunResult made = session.Run(
            """
            $secret = [securestring]::new()
            foreach ($c in $args[2].ToCharArray()) { $secret.AppendChar($c) }
            [EpPromo.StoreOptions]@{
                BaseUri = $args[0]
                Credential = [EpPromo.StoreCredential]::FromClient($args[1], $secret)
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

        // The cmdlets open their stores through the same method; it is the module's own, so it is reached by name.
        RunResult command = session.Run("Get-Command Connect-EpStore").ThrowIfFailed();
        MethodInfo open = ((CmdletInfo)command.Output[0].BaseObject).ImplementingType.Assembly
            .GetType("EpPromo.PowerShell.SessionStores", throwOnError: true)!
            .GetMethod("Open", BindingFlags.Static | BindingFlags.Public)!;
        return PSObject.AsPSObject(open.Invoke(null, [made.Output[0].BaseObject])!);
    }
}

using System.Management.Automation;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>Whether a command with ConfirmImpact High asks before it deletes something.</summary>
internal static class Confirmation
{
    /// <summary>
    /// Whether <paramref name="command"/> will ask: if not, what the question would show need not be read. With -Confirm it asks even with
    /// -Force.
    /// </summary>
    public static bool WillAsk(PSCmdlet command, bool force) => command.MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
        ? confirm is SwitchParameter { IsPresent: true }
        : !force && command.GetVariableValue("ConfirmPreference") is not (ConfirmImpact.None or "None");
}

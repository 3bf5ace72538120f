using EpPromo.Text;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>A cmdlet that can ask before it changes or deletes something, and whose -Force answers the question.</summary>
public abstract class ConfirmingCmdlet : AsyncCmdlet
{
    /// <summary>Whether the command only shows what it would do (-WhatIf).</summary>
    private protected bool IsWhatIf => Common.IsWhatIf;

    /// <summary>
    /// Whether a command with ConfirmImpact High asks, or shows what it would ask: if not, what only the question needs is not read.
    /// </summary>
    private protected bool Asks(bool force) => IsWhatIf || Common.Confirms(force);

    /// <summary>
    /// ShouldProcess, which would ask in spite of -Force. Without a question, the verbose line that says what is done is the same. On the
    /// pipeline thread.
    /// </summary>
    private protected bool ShouldProcessUnlessForced(string target, string action, bool force)
    {
        if (Asks(force))
        {
            return ShouldProcess(target, action);
        }

        WriteUnlessUnattended(WriteVerbose, MessageText.Of(SR.VerboseOperation, action, target));
        return true;
    }
}

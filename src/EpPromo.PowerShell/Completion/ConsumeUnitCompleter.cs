namespace EpPromo.PowerShell.Completion;

/// <summary>Completes what counts as one use of a code.</summary>
internal sealed class ConsumeUnitCompleter : WordCompleter
{
    public ConsumeUnitCompleter()
        : base([ConsumeUnits.PerCheckout, ConsumeUnits.PerApplication])
    {
    }
}

namespace EpPromo.PowerShell.Parameters;

/// <summary>What to do when the promotion already has an active job: the API takes one at a time (api-contract.md section 3).</summary>
public enum WhenBusy
{
    /// <summary>Report an error.</summary>
    Error,

    /// <summary>Wait until it has ended.</summary>
    Wait,
}

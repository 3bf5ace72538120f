namespace EpPromo.PowerShell;

/// <summary>What to do if the promotion already has an active job: the API accepts one at a time (api-contract.md section 3).</summary>
public enum WhenBusy
{
    /// <summary>Report an error.</summary>
    Error,

    /// <summary>Wait until that job has ended, and then create the new one.</summary>
    Wait,
}

namespace EpPromo.Sandbox;

/// <summary>A use of a code, with the published fields (contract section 6), most of which may be null.</summary>
public sealed record SandboxUsage
{
    /// <summary>The email address of an anonymized usage (contract section 6).</summary>
    public const string Anonymous = "**";

    /// <summary>The usage's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The order in which the code was used.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The id of the code that was used.</summary>
    public Guid? CodeId { get; init; }

    /// <summary>The code that was used.</summary>
    public string? Code { get; init; }

    /// <summary>How often the code was used in that order.</summary>
    public int? TimesUsed { get; init; }

    /// <summary>When the code was used.</summary>
    public DateTimeOffset? UsedOn { get; init; }

    /// <summary>The customer who used the code.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The account that the code was used for.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The customer's email address; <see cref="Anonymous"/> if anonymized.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>Whether the usage has been anonymized.</summary>
    public bool? Anonymized { get; init; }

    /// <summary>Who changed the usage last.</summary>
    public string? UpdatedBy { get; init; }

    /// <summary>When the usage was last changed, by the server's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}

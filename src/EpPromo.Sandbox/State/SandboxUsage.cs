namespace EpPromo.Sandbox;

/// <summary>One use of a code, with the fields that are published (contract section 6); any of them may be null in a store.</summary>
public sealed record SandboxUsage
{
    /// <summary>What stands in place of the address once the usage is anonymized (contract section 6).</summary>
    public const string Anonymous = "**";

    /// <summary>The usage's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The order in which the code was used.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The id of the code that was used.</summary>
    public Guid? CodeId { get; init; }

    /// <summary>The code that was used.</summary>
    public string? Code { get; init; }

    /// <summary>How often it was used in that order.</summary>
    public int? TimesUsed { get; init; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedOn { get; init; }

    /// <summary>The customer who used it.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The account for which it was used.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The customer's address; <see cref="Anonymous"/> once anonymized.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>Whether it has been anonymized.</summary>
    public bool? Anonymized { get; init; }

    /// <summary>Who changed it last.</summary>
    public string? UpdatedBy { get; init; }

    /// <summary>When it was changed last, by the server's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}

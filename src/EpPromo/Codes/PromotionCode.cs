using EpPromo.Api;

namespace EpPromo;

/// <summary>
/// One promotion code (api-contract.md section 6), from the list of codes or from an export file. Its properties are in the order in which
/// tables and files show them.
/// </summary>
public sealed class PromotionCode
{
    private readonly string? _text;

    internal PromotionCode()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    internal PromotionCode(PromotionCode code)
    {
        _text = code._text;
        PromotionId = code.PromotionId;
        PromotionName = code.PromotionName;
        Code = code.Code;
        CodeId = code.CodeId;
        Uses = code.Uses;
        MaxUses = code.MaxUses;
        ConsumeUnit = code.ConsumeUnit;
        User = code.User;
        MaxUsesPerShopper = code.MaxUsesPerShopper;
        IncludesGuests = code.IncludesGuests;
        IsForNewShopper = code.IsForNewShopper;
        CreatedAt = code.CreatedAt;
        JobId = code.JobId;
        Run = code.Run;
        Origin = code.Origin;
    }

    /// <summary>The text that a shopper types.</summary>
    public string Code { get; internal init; } = "";

    /// <summary>
    /// The code as the store returned it, even if <see cref="Code"/> had to be made safe to show: it is compared with files, and sent.
    /// </summary>
    internal string Text
    {
        get => _text ?? Code;
        init => _text = value;
    }

    /// <summary>How often it can be used, or null for no limit.</summary>
    public int? MaxUses { get; internal init; }

    /// <summary>How often it can still be used, or null for no limit.</summary>
    public int? Uses { get; internal init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit { get; internal init; }

    /// <summary>When it was created, by the server's clock, or null.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>The name of the promotion it belongs to, empty if it is not known.</summary>
    public string PromotionName { get; internal init; } = "";

    /// <summary>The id of that promotion; binds to every <c>-Promotion</c>.</summary>
    public string PromotionId { get; internal init; } = "";

    /// <summary>The id of the job that generated it, or of the export job whose file it is in; null if it is not known.</summary>
    public string? JobId { get; internal init; }

    /// <summary>The name of the run that generated it, or null if it is not known.</summary>
    public string? Run { get; internal init; }

    /// <summary>The code's own id, or null if the store does not report it.</summary>
    public string? CodeId { get; internal init; }

    /// <summary>The only shopper who can use it, or null for all.</summary>
    public string? User { get; internal init; }

    /// <summary>How often one shopper can use it, or null for no limit.</summary>
    public int? MaxUsesPerShopper { get; internal init; }

    /// <summary>Whether <see cref="MaxUsesPerShopper"/> counts for guests, too; null if there is no such limit.</summary>
    public bool? IncludesGuests { get; internal init; }

    /// <summary>Whether only shoppers who have ordered nothing yet can use it; null if the store does not report it.</summary>
    public bool? IsForNewShopper { get; internal init; }

    /// <summary>The kind of the promotion it belongs to.</summary>
    public PromotionKind Kind => Origin?.Kind ?? PromotionKind.Rule;

    /// <summary>The store that the code is in, which commands use that get the code as input; null if it is not known.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        PromotionId, PromotionName, Code, Text, CodeId, Uses, MaxUses, ConsumeUnit, User, MaxUsesPerShopper, IncludesGuests, IsForNewShopper,
        CreatedAt, JobId, Run,
    ];

    /// <summary>The code's text.</summary>
    public override string ToString() => Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PromotionCode other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode();
}

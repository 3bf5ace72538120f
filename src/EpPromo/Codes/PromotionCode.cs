namespace EpPromo;

/// <summary>One promotion code (api-contract.md section 6).</summary>
public sealed class PromotionCode
{
    private readonly string? _text;

    internal PromotionCode()
    {
    }

    /// <summary>The id of the promotion it belongs to; binds to every <c>-PromotionId</c>.</summary>
    public string PromotionId { get; internal init; } = "";

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

    /// <summary>The code's own id, or null if the store does not report it.</summary>
    public string? CodeId { get; internal init; }

    /// <summary>How often it has been or can be used, as the store reports it; null for no limit.</summary>
    public int? Uses { get; internal init; }

    /// <summary>How often it can be used, or null for no limit.</summary>
    public int? MaxUses { get; internal init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit { get; internal init; }

    /// <summary>When it was created, by the server's clock, or null.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        PromotionId, Code, Text, CodeId, Uses, MaxUses, ConsumeUnit, CreatedAt,
    ];

    /// <summary>The code's text.</summary>
    public override string ToString() => Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PromotionCode other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode();
}

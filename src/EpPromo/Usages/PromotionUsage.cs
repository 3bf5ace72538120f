using EpPromo.Api;

namespace EpPromo;

/// <summary>
/// One use of a promotion code in an order (api-contract.md section 6). The store may leave out any value but the id. The properties are in
/// the order in which tables and files show them.
/// </summary>
public sealed class PromotionUsage
{
    internal PromotionUsage()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    internal PromotionUsage(PromotionUsage usage)
    {
        UsageId = usage.UsageId;
        Code = usage.Code;
        CodeId = usage.CodeId;
        TimesUsed = usage.TimesUsed;
        UsedOn = usage.UsedOn;
        OrderId = usage.OrderId;
        CustomerEmail = usage.CustomerEmail;
        CustomerId = usage.CustomerId;
        AccountId = usage.AccountId;
        Anonymized = usage.Anonymized;
        UpdatedBy = usage.UpdatedBy;
        UpdatedAt = usage.UpdatedAt;
        PromotionId = usage.PromotionId;
        PromotionName = usage.PromotionName;
        Origin = usage.Origin;
    }

    /// <summary>The code that was used, empty if it is not known.</summary>
    public string Code { get; internal init; } = "";

    /// <summary>When it was used, by the server's clock, or null.</summary>
    public DateTimeOffset? UsedOn { get; internal init; }

    /// <summary>How often the code was used in the order, or null.</summary>
    public int? TimesUsed { get; internal init; }

    /// <summary>The customer's email address; <c>**</c> if the usage is anonymized, or null.</summary>
    public string? CustomerEmail { get; internal init; }

    /// <summary>Whether the usage has been anonymized.</summary>
    public bool Anonymized { get; internal init; }

    /// <summary>The name of the promotion that the code belongs to, empty if it is not known.</summary>
    public string PromotionName { get; internal init; } = "";

    /// <summary>The id of that promotion; binds to every <c>-PromotionId</c>. Empty if it is not known.</summary>
    public string PromotionId { get; internal init; } = "";

    /// <summary>The id of the order, or null.</summary>
    public string? OrderId { get; internal init; }

    /// <summary>The id of the customer, or null.</summary>
    public string? CustomerId { get; internal init; }

    /// <summary>The id of the account that the customer ordered for, or null.</summary>
    public string? AccountId { get; internal init; }

    /// <summary>Who changed the usage last, or null.</summary>
    public string? UpdatedBy { get; internal init; }

    /// <summary>When the usage last changed, by the server's clock, or null.</summary>
    public DateTimeOffset? UpdatedAt { get; internal init; }

    /// <summary>The id of the code, or null.</summary>
    public string? CodeId { get; internal init; }

    /// <summary>The usage's own id.</summary>
    public string UsageId { get; internal init; } = "";

    /// <summary>The name of the store that the promotion is in, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store that the promotion is in, which commands use that get the usage as input; null if it is not known.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        UsageId, PromotionId, PromotionName, Code, CodeId, TimesUsed, UsedOn, OrderId, CustomerEmail, CustomerId, AccountId, Anonymized,
        UpdatedBy, UpdatedAt,
    ];

    /// <summary>The id.</summary>
    public override string ToString() => UsageId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PromotionUsage other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => UsageId.GetHashCode();
}

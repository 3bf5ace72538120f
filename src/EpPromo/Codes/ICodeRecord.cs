using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// What the store reports of a code, in the list of codes or in an export file. <see cref="PromotionCode"/> describes the values.
/// </summary>
internal interface ICodeRecord
{
    string Code { get; }

    string Text { get; }

    int? MaxUses { get; }

    int? Uses { get; }

    string? ConsumeUnit { get; }

    DateTimeOffset? CreatedAt { get; }

    string PromotionName { get; }

    string PromotionId { get; }

    string? JobId { get; }

    string? Run { get; }

    string? CodeId { get; }

    string? User { get; }

    int? MaxUsesPerShopper { get; }

    bool? IncludesGuests { get; }

    bool? IsForNewShopper { get; }

    IStoreReference? Origin { get; }
}
